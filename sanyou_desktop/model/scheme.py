"""清单: a named list (五查, 八个不让, 四心 ...) that pledges and inspections are made from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Annotated, ClassVar, Self

from sanyou_desktop.model.fields import (
    Choice,
    Count,
    Flag,
    LongText,
    Number,
    Option,
    Row,
    Rows,
    Text,
)
from sanyou_desktop.model.problems import Problem
from sanyou_desktop.model.quantity import plain
from sanyou_desktop.model.record import Record, problem, row_problem
from sanyou_desktop.wording import N_, _

SCHEME_STATUSES = (
    Option("active", N_("在用"), "good"),
    Option("retired", N_("停用"), "muted"),
)
USES = (
    Option("inspection", N_("检查项目")),
    Option("pledge", N_("承诺条款")),
    Option("zero_target", N_("零目标")),
    Option("conduct", N_("作风要求")),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry(Row):
    """One entry of a list; ``follow_through`` pairs 查 with 落实."""

    text: Annotated[str, Text(N_("内容"), max_length=2000, searched=True)] = ""
    follow_through: Annotated[str, Text(N_("落实"), max_length=2000)] = ""
    standard: Annotated[str, Text(N_("标准"), max_length=2000)] = ""
    time_limit: Annotated[str, Text(N_("办理时限"), max_length=200)] = ""
    target: Annotated[Decimal | None, Number(N_("目标值"))] = None
    full_score: Annotated[Decimal | None, Number(N_("满分"), minimum=Decimal(0))] = None
    deduction: Annotated[Decimal | None, Number(N_("每处扣分"), minimum=Decimal(0))] = None
    veto: Annotated[bool, Flag(N_("一票否决"))] = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Scheme(Record):
    """A named list; it is whole when as many entries are known as were announced."""

    kind: ClassVar[str] = "scheme"
    prefix: ClassVar[str] = "QD"
    occurred: ClassVar[str] = ""

    status: Annotated[str, Choice(N_("状态"), enum=SCHEME_STATUSES)] = "active"
    use: Annotated[str, Choice(N_("主要用途"), enum=USES)] = ""
    source: Annotated[
        str, Text(N_("出处"), description=N_("哪个单位、哪份文件提出的"), max_length=500)
    ] = ""
    announced_count: Annotated[
        int | None, Count(N_("公布项数"), description=N_("已知有几项；不知道就留空"))
    ] = None
    entries: Annotated[tuple[Entry, ...], Rows(N_("条目"), row=Entry)] = ()
    purpose: Annotated[str, LongText(N_("用途说明"))] = ""
    incomplete: Annotated[
        bool, Flag(N_("待补充"), description=N_("条目尚不齐全，自动判断"), read_only=True)
    ] = False

    @property
    def known(self) -> tuple[Entry, ...]:
        """The entries whose text is known; a row without one is a place kept."""
        return tuple(entry for entry in self.entries if entry.text)

    def missing(self) -> int:
        """Return how many announced or kept entries have no text yet; at least 1 of an empty list.

        An empty list of unknown length has at least one entry to be found.
        """
        places = max(len(self.entries), self.announced_count or 0, 1)
        return places - len(self.known)

    def completed(self) -> Self:
        """Return the list with its mark 待补充 worked out."""
        incomplete = self.missing() > 0
        return self if incomplete == self.incomplete else replace(self, incomplete=incomplete)

    def problems(self) -> Iterator[Problem]:
        """Yield more entries than announced, and deductions beyond the full score."""
        known = len(self.known)
        if self.announced_count is not None and known > self.announced_count:
            message = _("已录 {known} 项，多于公布的 {announced} 项，请核对公布项数")
            text = message.format(known=known, announced=self.announced_count)
            yield problem(self, "announced_count", text)
        for index, entry in enumerate(self.entries):
            full = entry.full_score
            if full is not None and entry.deduction is not None and entry.deduction > full:
                message = _("每处扣分 {given} 高于满分 {full}，请改小（扣到 0 分为止）").format(
                    given=plain(entry.deduction), full=plain(full)
                )
                yield row_problem(self, "entries", index, "deduction", message)
