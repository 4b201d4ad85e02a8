"""One change made to many records at once: all of them or, if one cannot take it, none."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from sanyou_desktop.ledger.errors import LedgerError
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.changes import Changes
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.fields import Choices, Json, Names
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.model.problems import Invalid
from sanyou_desktop.model.record import Record, value_of
from sanyou_desktop.wording import _

# What may be set alike for many records; a date or a title is never the same by intention.
CHANGEABLE = ("status", "department", "person", "tags", "themes", "confidential")
_NAMED = 3

How = Literal["set", "add", "remove"]


class BulkRefused(LedgerError):
    """Some of the records cannot take the change; nothing was changed."""


@dataclass(frozen=True)
class BulkChange:
    """Set a field to ``values``, or add them to or remove them from a list of names or choices."""

    key: str
    values: tuple[str, ...]
    how: How = "set"

    def raw(self, record: Record) -> Json:
        """Return what would be typed into that record's field."""
        field = kind_of(record.kind).fields[self.key]
        if not isinstance(field, Choices | Names):
            return self.values[0] if self.values else ""
        before: tuple[str, ...] = value_of(record, self.key)
        if self.how == "add":
            return list(dict.fromkeys((*before, *self.values)))
        if self.how == "remove":
            return [item for item in before if item not in self.values]
        return list(self.values)


def apply(ledger: Ledger, kind: str, ids: Sequence[str], change: BulkChange) -> Changes:
    """Change the records in one transaction; those that have the value already stay as they are.

    Raises:
        BulkRefused: naming the first records that cannot take it, and why.
    """

    def entered(record: Record) -> Record:
        draft = Draft.of(record)
        draft.enter(change.key, change.raw(record))
        return draft.accepted() if draft.is_dirty else record

    title = _(kind_of(kind).fields[change.key].title)
    text = _("批量修改 {count} 条记录的{field}")
    return change_each(ledger, ids, entered, lambda count: text.format(count=count, field=title))


def change_each(
    ledger: Ledger,
    ids: Sequence[str],
    change: Callable[[Record], Record],
    undo: Callable[[int], str],
) -> Changes:
    """Make ``change`` of every living record, in one transaction; ``undo`` words their number.

    Raises:
        BulkRefused: some cannot take it, as ``change`` or the record itself says.
    """
    refused: list[tuple[Record, str]] = []
    changed = list(_changed(ledger, ids, change, refused))
    if refused:
        raise BulkRefused(_refusal(refused, len(ids)))
    return ledger.save_many(changed, undo(len(changed)))


def _changed(
    ledger: Ledger,
    ids: Sequence[str],
    change: Callable[[Record], Record],
    refused: list[tuple[Record, str]],
) -> Iterator[Record]:
    for record_id in ids:
        record = ledger.get(record_id)
        if record is None or record.deleted_at:
            continue
        try:
            after = change(record)
            found = (*after.step_after(record), *after.problems())
        except Invalid as error:
            found = error.problems
            after = record
        if found:
            refused.append((record, found[0].message))
        elif after != record:
            yield after


def _refusal(refused: list[tuple[Record, str]], asked: int) -> str:
    named = _("；").join(
        _("{number}「{title}」：{reason}").format(
            number=record.number, title=record.title, reason=reason
        )
        for record, reason in refused[:_NAMED]
    )
    return _(
        "所选 {asked} 条中有 {count} 条不能这样修改，全部没有改动。{named}。请逐条处理后再试。"
    ).format(asked=asked, count=len(refused), named=named)
