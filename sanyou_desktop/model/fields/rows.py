"""Rows inside a record: clauses, checklist items, rounds of rectification, attachments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any, TypeVar

from sanyou_desktop.model.fields.base import Fault, Field, Json, Refused, wrong_type
from sanyou_desktop.model.fields.declaration import fields_of, slots_of
from sanyou_desktop.model.fields.text import Text
from sanyou_desktop.wording import N_, _


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A row with a stable ``key``, by which history, merge and references speak of it."""

    key: Annotated[str, Text(N_("行标识"), max_length=40, searched=False)] = ""


R = TypeVar("R", bound=Row)


@dataclass(frozen=True, eq=False, repr=False)
class Rows(Field["tuple[Any, ...]"]):
    """Rows of one type in the order given.

    A row without content is dropped, unless it has a key: then it is a place kept for an item
    that is announced but not yet known (四勤三特 names seven and the source lists none).
    """

    row: type[Row] = Row
    max_items: int = 2000

    @property
    def empty(self) -> tuple[Any, ...]:
        """No rows."""
        return ()

    @property
    def columns(self) -> Mapping[str, Field[Any]]:
        """The row's own fields by key, without the row key."""
        return {key: field for key, field in fields_of(self.row).items() if key != "key"}

    def parse(self, raw: Json) -> tuple[Any, ...]:
        """Return the rows, from a list of objects; a bare text fills the first column."""
        if not isinstance(raw, list):
            raise wrong_type(_("多行内容"), raw)
        if len(raw) > self.max_items:
            raise Refused(
                _("最多 {limit} 行，现有 {length} 行").format(limit=self.max_items, length=len(raw))
            )
        faults: list[Fault] = []
        rows = [self._row(index, item, faults) for index, item in enumerate(raw)]
        kept = [row for row in rows if row is not None]
        _refuse_twins(kept, faults)
        if faults:
            raise Refused(*faults)
        return tuple(kept)

    def write(self, value: tuple[Any, ...]) -> Json:
        """Return the rows as a list of objects, each with its key."""
        slots = slots_of(self.row)
        return [
            {one.key: one.written(getattr(row, one.attribute)) for one in slots} for row in value
        ]

    def _kept(self, written: Json) -> tuple[Any, ...]:
        if not isinstance(written, list):
            raise wrong_type(_("多行内容"), written)
        return tuple(self._kept_row(item) for item in written)

    def _kept_row(self, written: Json) -> Row:
        if not isinstance(written, dict):
            raise wrong_type(_("一行内容"), written)
        slots = slots_of(self.row)
        return self.row(**{slot.attribute: slot.kept(written.get(slot.key)) for slot in slots})

    def typed(self, value: tuple[Any, ...]) -> Json:
        """Return the rows as a list of objects of typed texts, each with its key."""
        fields = fields_of(self.row)
        return [
            {key: field.typed(getattr(row, key)) for key, field in fields.items()} for row in value
        ]

    def show(self, value: tuple[Any, ...]) -> str:
        """Return a numbered line a row, its filled cells joined by ；."""
        lines = []
        for number, row in enumerate(value, start=1):
            shown = (field.show(getattr(row, key)) for key, field in self.columns.items())
            lines.append(f"{number}. " + _("；").join(text for text in shown if text))
        return "\n".join(lines)

    def _row(self, index: int, raw: Json, faults: list[Fault]) -> Row | None:
        if isinstance(raw, str):
            raw = {next(iter(self.columns)): raw}
        if not isinstance(raw, dict):
            faults.append(Fault(str(wrong_type(_("一行内容"), raw)), index))
            return None
        fields = fields_of(self.row)
        if is_blank(raw):
            return None
        values: dict[str, Any] = {}
        unknown = [key for key in raw if key not in fields]
        faults += [Fault(_("没有「{key}」这一栏").format(key=key), index, key) for key in unknown]
        for key, field in fields.items():
            try:
                values[key] = field.read(raw.get(key))
            except Refused as refusal:
                faults += [replace(fault, row=index, column=key) for fault in refusal.faults]
        if len(values) < len(fields):
            return None
        return self.row(**values | {"key": values["key"] or new_key()})


def new_key() -> str:
    """Return a key for a new row, unique within any record that people can fill."""
    # Not needed to start, and start-up is measured.
    from uuid import uuid4

    return uuid4().hex[:12]


def is_blank(raw: Json) -> bool:
    """Tell whether raw input holds nothing: None, blank text, False, or only such things."""
    if isinstance(raw, str):
        return not raw.strip()
    if isinstance(raw, list):
        return all(is_blank(item) for item in raw)
    if isinstance(raw, dict):
        return all(is_blank(item) for item in raw.values())
    return raw is None or raw is False


def _refuse_twins(rows: list[Row], faults: list[Fault]) -> None:
    seen: set[str] = set()
    for index, row in enumerate(rows):
        if row.key in seen:
            faults.append(Fault(_("行标识「{key}」重复").format(key=row.key), index, "key"))
        seen.add(row.key)
