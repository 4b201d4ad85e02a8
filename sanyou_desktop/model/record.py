"""What every record has, whatever its kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any, ClassVar, Self

from sanyou_desktop.model.edtf import PartialDate, surely_before
from sanyou_desktop.model.fields import (
    Choice,
    Choices,
    Identifier,
    Instant,
    Json,
    LongText,
    Names,
    Option,
    Row,
    Rows,
    Text,
    UnitCode,
    fields_of,
)
from sanyou_desktop.model.fields.declaration import Slot, attribute_of, slots_of
from sanyou_desktop.model.fields.numbers import Count
from sanyou_desktop.model.problems import Problem
from sanyou_desktop.wording import N_, _

THEMES = (
    Option("service", N_("优质服务")),
    Option("conduct", N_("优良作风")),
    Option("environment", N_("优美环境")),
    Option("satisfaction", N_("机关满意")),
)
# State secrets may not be kept on an ordinary office machine at all; the marks are here so that a
# record that carries one is kept from leaving, not so that secrets can be entered.
CONFIDENTIAL = (
    Option("internal", N_("内部"), "warn"),
    Option("work_secret", N_("工作秘密"), "warn"),
    Option("secret", N_("秘密"), "bad"),
    Option("confidential", N_("机密"), "bad"),
    Option("top_secret", N_("绝密"), "bad"),
)
STAGES = (
    Option("before", N_("整改前")),
    Option("after", N_("整改后")),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Attachment(Row):
    """A file that belongs to a record; its bytes are in the ledger, once, under their hash.

    ``stage`` and ``round`` pair the photos of a finding: what it was like before, and after the
    round of rectification with that row key.
    """

    name: Annotated[str, Text(N_("文件名"), max_length=255)] = ""
    sha256: Annotated[str, Text(N_("内容校验"), max_length=64, searched=False)] = ""
    size: Annotated[int | None, Count(N_("字节数"))] = None
    media_type: Annotated[str, Text(N_("类型"), max_length=100, searched=False)] = ""
    caption: Annotated[str, Text(N_("说明"))] = ""
    stage: Annotated[str, Choice(N_("阶段"), enum=STAGES)] = ""
    round: Annotated[str, Text(N_("对应整改轮次"), max_length=40, searched=False)] = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """A valid, unchanging fact; what is being typed is a ``Draft``.

    ``kind`` is the fixed key of the kind; ``prefix`` begins its numbers; ``occurred`` names the
    date field by which periods select records of the kind; ``past`` names the fields that tell
    what became of this very record, which a copy of it begins without.
    """

    kind: ClassVar[str] = ""
    prefix: ClassVar[str] = ""
    occurred: ClassVar[str] = ""
    past: ClassVar[tuple[str, ...]] = ()

    id: Annotated[str, Identifier(N_("记录标识"))] = ""
    unit: Annotated[str, UnitCode(N_("填报单位"), aliases=(N_("单位代码"), N_("填报单位代码")))] = (
        ""
    )
    number: Annotated[
        str, Text(N_("编号"), description=N_("留空则保存时自动编号"), max_length=64)
    ] = ""
    title: Annotated[
        str, Text(N_("标题"), required=True, max_length=300, aliases=(N_("名称"),))
    ] = ""
    themes: Annotated[
        tuple[str, ...], Choices(N_("活动内容"), enum=THEMES, aliases=(N_("三优一满意"),))
    ] = ()
    department: Annotated[str, Text(N_("责任部门"), aliases=(N_("责任科室"), N_("责任单位")))] = ""
    person: Annotated[str, Text(N_("责任人"), max_length=100)] = ""
    status: Annotated[str, Choice(N_("状态"))] = ""
    tags: Annotated[tuple[str, ...], Names(N_("标签"), max_length=50)] = ()
    notes: Annotated[str, LongText(N_("备注"))] = ""
    confidential: Annotated[
        str,
        Choice(
            N_("密级"), description=N_("填写后，此记录不会随任何导出离开本机"), enum=CONFIDENTIAL
        ),
    ] = ""
    attachments: Annotated[
        tuple[Attachment, ...], Rows(N_("附件"), row=Attachment, max_items=500)
    ] = ()
    revision: Annotated[int, Count(N_("版本"), read_only=True)] = 0
    created_at: Annotated[str, Instant(N_("登记时间"))] = ""
    updated_at: Annotated[str, Instant(N_("修改时间"))] = ""
    deleted_at: Annotated[str, Instant(N_("删除时间"))] = ""

    def anew(self) -> Self:
        """Return the record as another one is begun from it, without what became of this one."""
        new = type(self)()
        return replace(self, **{key: value_of(new, key) for key in self.past})

    def completed(self) -> Self:
        """Return the record with its computed values filled in; most kinds have none."""
        return self

    def problems(self) -> Iterator[Problem]:
        """Yield what is wrong between the fields; each field alone was checked when read."""
        yield from ()

    def step_problems(self, before: Self) -> Iterator[Problem]:
        """Yield why the record may not become this from what it was ``before``.

        Asked when a record is changed, not when one is entered that has its past behind it, nor
        when an earlier state is restored: ``problems`` holds for those.
        """
        yield from ()

    def step_after(self, before: Record) -> tuple[Problem, ...]:
        """Return ``step_problems`` if ``before`` is an earlier state of this record, else ()."""
        if type(before) is not type(self) or before.id != self.id:
            return ()
        return tuple(self.step_problems(before))

    def occurred_on(self) -> PartialDate | None:
        """Return the date by which periods select this record."""
        value: PartialDate | None = value_of(self, self.occurred) if self.occurred else None
        return value

    def to_json(self) -> dict[str, Json]:
        """Return every field by key, in the order of the declaration."""
        return {slot.key: slot.written(getattr(self, slot.attribute)) for slot in _slots(self)}


def value_of(record: object, key: str) -> Any:  # noqa: ANN401 - a record's fields differ in type
    """Return the value of the field with that JSON key."""
    return getattr(record, attribute_of(type(record), key))


def with_values(record: Record, written: Mapping[str, Json]) -> Record:
    """Return the record with other values in some fields, given as ``Record.to_json`` writes them.

    Raises:
        one of ``kinds.UNREADABLE``: no version of the program can have written one of them.
    """
    slots = (slot for slot in slots_of(type(record)) if slot.key in written)
    return replace(record, **{slot.attribute: slot.kept(written[slot.key]) for slot in slots})


def _slots(record: Record) -> tuple[Slot, ...]:
    return slots_of(type(record))


def with_note(notes: str, told: str) -> str:
    """Return notes with a line more at their end: what was done with the record, and why."""
    return "\n".join(filter(None, (notes.rstrip(), told)))


def in_order(record: Record, first: str, last: str, message: str = "") -> Iterator[Problem]:
    """Yield a problem on ``last`` if its date surely lies before that of ``first``."""
    start: PartialDate | None = value_of(record, first)
    end: PartialDate | None = value_of(record, last)
    if surely_before(end, start):
        titles = fields_of(type(record))
        text = message or _("{last} {end} 早于{first} {start}，请核对这两个日期")
        yield Problem(
            last,
            _(titles[last].title),
            text.format(
                first=_(titles[first].title), last=_(titles[last].title), start=start, end=end
            ),
        )


def required_problems(record: Record) -> Iterator[Problem]:
    """Yield the required fields without a value; each value was checked when it was read."""
    for slot in _slots(record):
        if slot.field.required and slot.field.is_empty(getattr(record, slot.attribute)):
            yield problem(record, slot.key, _("必填，请填写"))


def stricter(one: str, other: str) -> str:
    """Return the stricter of two marks of ``confidential``; what is made of two has both."""
    order = ["", *(option.value for option in CONFIDENTIAL)]
    return max(one, other, key=order.index)


def problem(record: Record, key: str, message: str) -> Problem:
    """Return a problem on one field of ``record``, with the field's label."""
    return Problem(key, _(fields_of(type(record))[key].title), message)


def row_problem(record: Record, key: str, index: int, column: str, message: str) -> Problem:
    """Return a problem on one cell: row ``index`` (from 0) of the rows in field ``key``."""
    field = fields_of(type(record))[key]
    assert isinstance(field, Rows)
    return Problem(key, _(field.title), message, index, column, _(field.columns[column].title))
