"""What a person typed over the cells of a report after it was made, read back as field values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sanyou_desktop.exchange.columns import IDENTITY, cell_of, columns_of, fits
from sanyou_desktop.exchange.register import RegisterRow
from sanyou_desktop.exchange.sheet import hash_of_texts, text_of
from sanyou_desktop.exchange.visible_rows import VisibleRow
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.fields import Reference, Rows
from sanyou_desktop.model.incoming import Fault, Place
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.model.problems import Problem
from sanyou_desktop.model.record import Record, value_of
from sanyou_desktop.wording import _, in_source_language


@dataclass(frozen=True)
class HandEdits:
    """What was edited in one row.

    Attributes:
        record: the record as the edits that can be read make it.
        cells: the addresses of those edits, by field key.
        faults: the edits that cannot be read, each with its cell.
    """

    record: Record
    cells: dict[str, str]
    faults: tuple[Fault, ...] = ()


def is_edited(register: RegisterRow, visible: VisibleRow) -> bool:
    """Tell whether the visible cells say something else than when the report was made."""
    return not _says(register, visible, visible.texts)


def hand_edits(record: Record, register: RegisterRow, visible: VisibleRow, file: str) -> HandEdits:
    """Return what a person made of a row that ``is_edited``; ``record`` is that of the register.

    Read back are texts, choices by their labels, dates and numbers. Rows inside a record, and
    references, which show another record's title, are not.
    """
    raw: dict[str, str] = {}
    faults: list[Fault] = []
    for key in _differing(record, register, visible):
        place = Place(file, visible.sheet, visible.cell(key))
        if _is_simple(record, key):
            raw[key] = visible.texts[key]
        else:
            faults.append(Fault(_unreadable(record, key), place))
    draft = Draft.of(record)
    draft.raw.update(raw)
    for found in draft.problems():
        key = found.field if found.field in raw else next(iter(raw), "")
        if draft.raw.pop(key, None) is not None:
            place = Place(file, visible.sheet, visible.cell(key))
            faults.append(Fault(found, place))
    # What was left may not fit together either; then nothing of it is taken.
    if draft.problems():
        draft.raw.clear()
    made = draft.accepted() if draft.raw else record
    return HandEdits(made, {key: visible.cell(key) for key in draft.raw}, tuple(faults))


def _says(register: RegisterRow, visible: VisibleRow, texts: Mapping[str, str]) -> bool:
    """Tell whether cells say what they said when the report was made.

    A report of an older program has no columns for the fields that were added since.
    """
    own = _own(register.kind)
    if hash_of_texts([texts.get(key, "") for key in own]) == register.hash:
        return True
    there = [texts.get(key, "") for key in own if key in visible.columns]
    return len(there) < len(own) and hash_of_texts(there) == register.hash


def _own(kind: str) -> list[str]:
    if kind not in _columns:
        _columns[kind] = [one.key for one in columns_of(kind) if one.key not in IDENTITY]
    return _columns[kind]


_columns: dict[str, list[str]] = {}


def _differing(record: Record, register: RegisterRow, visible: VisibleRow) -> list[str]:
    """Return the fields whose cells say something else; a column that was removed says nothing."""
    fields = kind_of(record.kind).fields
    with in_source_language():
        written = {
            key: text_of(cell_of(record, key, {}))
            for key in _own(record.kind)
            if not isinstance(fields[key], Reference)
        }
    found = [
        key
        for key, text in written.items()
        if key in visible.columns and _plain(visible.texts.get(key, "")) != _plain(text)
    ]
    # Whose titles the references showed is known to the sender alone: the hash tells.
    led = {key: visible.texts.get(key, "") for key in _own(record.kind) if key not in written}
    if not _says(register, visible, written | led):
        found += [key for key, text in led.items() if text and key in visible.columns]
    return found


def _is_simple(record: Record, key: str) -> bool:
    """Tell whether the cell shows the whole value, in a form that can be read back."""
    field = kind_of(record.kind).fields[key]
    return not isinstance(field, Rows | Reference) and fits(field.show(value_of(record, key)))


def _unreadable(record: Record, key: str) -> Problem:
    title = _(kind_of(record.kind).fields[key].title)
    return Problem(
        key,
        title,
        _("在表中改动的这一格读不回来，没有采用。请在填报单位的台账中修改后重新上报。"),
    )


def _plain(text: str) -> str:
    """Return a text without what programs change of themselves: line ends and outer space."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
