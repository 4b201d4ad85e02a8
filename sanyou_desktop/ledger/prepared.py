"""New records made ready away from the ledger, so that many can be written quickly.

Nearly all of what writing a record takes, its stored values, its history, its search tokens, needs
no look at the ledger and can be done by another process. What is written is the very same as by
``records.write``; a record that needs a closer look is not prepared and goes that way.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from sanyou_desktop.ledger import elsewhere, history, records, search
from sanyou_desktop.ledger.schema import Stored, row_and_content, to_json
from sanyou_desktop.ledger.search_entry import Entry
from sanyou_desktop.ledger.written_record import read_written
from sanyou_desktop.model.fields import Reference
from sanyou_desktop.model.kinds import UNREADABLE, kind_of
from sanyou_desktop.model.record import Record, required_problems
from sanyou_desktop.model.unit import Unit

_BEYOND = 1 << 63


# A tuple, because it is handed from process to process by the ten thousand.
class Prepared(NamedTuple):
    """A new record, whole.

    Attributes:
        kind, id, unit, number, title: of the record.
        at: when it is written.
        values: its row, in the order of the declared fields.
        content: its history.
        words, packed: its search row; "" and b"" where it is only rehearsed.
        leads: key and id of each record that it refers to.
        files: the hashes of what is attached to it.
    """

    kind: str
    id: str
    unit: str
    number: str
    title: str
    at: str
    values: list[Stored]
    content: str
    words: str
    packed: bytes
    leads: tuple[tuple[str, str], ...]
    files: tuple[str, ...]


def prepared(record: Record, at: str, *, whole: bool = True) -> Prepared | None:
    """Return a new record made ready to be written at the time ``at``, None if it cannot be.

    Units, whose codes are unique, chains of records of one kind, and what breaks a rule of its kind
    need a closer look.
    """
    leads = elsewhere.leads_of(record)
    if not _is_plain(record, leads):
        return None
    ready = record
    if (record.revision, record.updated_at) != (1, at) or not record.created_at:
        ready = replace(record, revision=1, created_at=record.created_at or at, updated_at=at)
    values, written = row_and_content(ready)
    whole_numbers = [value for value in values if isinstance(value, int)]
    if not all(-_BEYOND <= value < _BEYOND for value in whole_numbers):
        return None
    return _made(ready, leads, values, to_json(written), at, whole=whole)


def prepared_of_text(
    kind: str, record_id: str, text: str, at: str, *, whole: bool = True
) -> Prepared | None:
    """Return what ``prepared`` does, of the record that ``text`` is the JSON of.

    None also where it is no such record's.
    """
    found = read_written(kind_of(kind), text, at)
    if found is not None:
        record, values, content = found
        leads = elsewhere.leads_of(record)
        if record.id != record_id or not _is_plain(record, leads):
            return None
        return _made(record, leads, values, content, at, whole=whole)
    try:
        written = json.loads(text)
        if written["id"] != record_id:
            return None
        # As it is going to be: to change the record afterwards takes as long as to make it.
        written |= {"revision": 1, "updated_at": at}
        return prepared(kind_of(kind).kept(written), at, whole=whole)
    except (*UNREADABLE, RecursionError):
        return None


def _is_plain(record: Record, leads: elsewhere.Leads) -> bool:
    """Tell whether a record can be written without a closer look."""
    if isinstance(record, Unit) or not record.id or not record.number or record.deleted_at:
        return False
    if any(record.kind in _kinds(record.kind, key) for key, _target in leads):
        return False
    return not any(required_problems(record)) and not any(record.problems())


def _made(
    ready: Record,
    leads: elsewhere.Leads,
    values: list[Stored],
    content: str,
    at: str,
    *,
    whole: bool,
) -> Prepared | None:
    """Return what is written of a record; None if SQLite takes no such text: it must be UTF-8."""
    try:
        content.encode()
    except UnicodeEncodeError:
        return None
    entry = Entry.of(ready.kind, ready) if whole else None
    return Prepared(
        kind=ready.kind,
        id=ready.id,
        unit=ready.unit,
        number=ready.number,
        title=ready.title,
        at=at,
        values=values,
        content=content,
        words=entry.words() if entry else "",
        packed=entry.packed() if entry else b"",
        leads=leads,
        files=tuple(file.sha256 for file in ready.attachments),
    )


def write(
    conn: sqlite3.Connection, some: Sequence[Prepared], action: str, *, whole: bool = True
) -> frozenset[str]:
    """Write new records inside the caller's transaction; return the ids of those that could be.

    One cannot be where its id or number is taken or it refers to a record of another kind than it
    should: then nothing of it was written, and ``records.write`` will say why. The caller moves the
    counters behind the numbers of all that were, with ``records.move_counter``.
    """
    fit = _fitting(conn, some)
    register = [(one.unit, one.number, one.title, 1, "", one.id, one.kind) for one in fit]
    found = list(zip(records.register_all(conn, register), fit, strict=True))
    for kind in dict.fromkeys(one.kind for one in fit):
        rows = [(seq, one.values) for seq, one in found if one.kind == kind]
        records.insert_rows(conn, kind_of(kind), rows)
    if whole:
        history.append_states(
            conn, ((one.kind, one.id, 1, one.at, action, one.content) for one in fit)
        )
        search.insert(conn, [(seq, one.words, one.packed) for seq, one in found])
    return frozenset(one.id for one in fit)


def _fitting(conn: sqlite3.Connection, some: Sequence[Prepared]) -> list[Prepared]:
    """Return those that can be written one after another; note what they refer to elsewhere."""
    taken = _taken_numbers(conn, some)
    asked = [*(one.id for one in some), *(target for one in some for _key, target in one.leads)]
    there = elsewhere.standing(conn, asked)
    fit, absent = [], []
    for one in some:
        number = (one.unit, one.number)
        leading = elsewhere.absent_of(one.kind, one.leads, there)
        if number in taken or one.id in there or leading is None:
            continue
        fit.append(one)
        absent += leading
        taken.add(number)
        there[one.id] = (one.kind, False)
    absent += elsewhere.absent_files(conn, (file for one in fit for file in one.files))
    elsewhere.mark_all(conn, absent)
    return fit


def _taken_numbers(conn: sqlite3.Connection, some: Sequence[Prepared]) -> set[tuple[str, str]]:
    """Return unit and number of those whose number another record has already."""
    found: set[tuple[str, str]] = set()
    for unit in dict.fromkeys(one.unit for one in some):
        numbers = to_json([one.number for one in some if one.unit == unit])
        # Only with both conditions is the index of the numbers there are of any use.
        rows = conn.execute(
            "SELECT number FROM json_each(?) AS wanted CROSS JOIN record "
            "ON unit = ? AND number = wanted.value AND number <> ''",
            (numbers, unit),
        )
        found.update((unit, row[0]) for row in rows)
    return found


def _kinds(kind: str, key: str) -> tuple[str, ...]:
    field = kind_of(kind).fields[key]
    assert isinstance(field, Reference)
    return field.kinds
