"""单位: a unit that keeps or reports a ledger."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated, ClassVar, Self

from sanyou_desktop.model.fields import Choice, Names, Option, Row, Rows, Text, UnitCode
from sanyou_desktop.model.record import Record
from sanyou_desktop.wording import N_

LEVELS = (
    Option("nation", N_("全国")),
    Option("province", N_("省级")),
    Option("city", N_("市级")),
    Option("county", N_("县区级")),
    Option("department", N_("部门")),
    Option("enterprise", N_("企事业单位")),
)
UNIT_STATUSES = (
    Option("active", N_("在册"), "good"),
    Option("retired", N_("已撤并"), "muted"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Member(Row):
    """A member of the leading group (领导小组)."""

    name: Annotated[str, Text(N_("姓名"), max_length=100)] = ""
    post: Annotated[str, Text(N_("职务"), max_length=200)] = ""
    role: Annotated[str, Text(N_("组内分工"), max_length=200)] = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Unit(Record):
    """A unit; ``code`` is its key everywhere, ``aliases`` are the names it was written by."""

    kind: ClassVar[str] = "unit"
    prefix: ClassVar[str] = "DW"

    title: Annotated[
        str,
        Text(N_("标题"), max_length=300, description=N_("即单位名称，自动填写"), read_only=True),
    ] = ""
    status: Annotated[str, Choice(N_("状态"), enum=UNIT_STATUSES)] = "active"
    code: Annotated[
        str,
        Text(
            N_("本单位代码"),
            required=True,
            max_length=64,
            description=N_("统一社会信用代码、行政区划代码或自编代码"),
        ),
    ] = ""
    name: Annotated[str, Text(N_("单位名称"), required=True, max_length=300)] = ""
    aliases: Annotated[
        tuple[str, ...], Names(N_("别名"), description=N_("其他文件中对该单位的写法"))
    ] = ()
    level: Annotated[str, Choice(N_("层级"), enum=LEVELS)] = ""
    superior: Annotated[
        str,
        UnitCode(N_("上级单位"), description=N_("上级单位的代码"), aliases=(N_("上级单位代码"),)),
    ] = ""
    division: Annotated[
        str,
        Text(
            N_("行政区划代码"),
            max_length=20,
            description=N_("GB/T 2260 代码及其年份，如 350300/2006"),
        ),
    ] = ""
    leading_group: Annotated[tuple[Member, ...], Rows(N_("领导小组"), row=Member)] = ()
    contact: Annotated[str, Text(N_("联系人"), max_length=100)] = ""
    phone: Annotated[str, Text(N_("联系电话"), max_length=100)] = ""

    def outside(self) -> Self:
        """Return what may be told of the unit in a file that leaves.

        Where its record has a mark of secrecy, that is how it is called, and nobody in it.
        """
        if not self.confidential:
            return self
        return replace(self, aliases=(), leading_group=(), contact="", phone="", notes="")

    def completed(self) -> Self:
        """Return the unit with its name as its title."""
        return self if self.title == self.name else replace(self, title=self.name)
