"""New records made ready away from the ledger, so that many can be written quickly.

Nearly all of what writing a record takes, its stored values, its history, its search tokens, needs
no look at the ledger and can be done by another process. What is written is the very same as by
``records.write``; a record that needs a closer look is not prepared and goes that way.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace

from sanyou_desktop.ledger import elsewhere, history, records, search
from sanyou_desktop.ledger.schema import Stored, row_and_content, to_json
from sanyou_desktop.ledger.search_entry import Entry
from sanyou_desktop.model.fields import Reference
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.model.record import Record, required_problems
from sanyou_desktop.model.unit import Unit

_BEYOND = 1 << 63


@dataclass(frozen=True, slots=True)
class Prepared:
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
    if isinstance(record, Unit) or not record.id or not record.number or record.deleted_at:
        return None
    leads = elsewhere.leads_of(record)
    if any(record.kind in _kinds(record.kind, key) for key, _target in leads):
        return None
    if any(required_problems(record)) or any(record.problems()):
        return None
    ready = replace(record, revision=1, created_at=record.created_at or at, updated_at=at)
    values, written = row_and_content(ready)
    content = to_json(written)
    if not _is_storable(values, content):
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


def write(conn: sqlite3.Connection, ready: Prepared, action: str, *, whole: bool = True) -> bool:
    """Write a new record inside the caller's transaction; tell whether it could be.

    It cannot where its number is taken or it refers to a record of another kind than it should:
    then nothing was written, and ``records.write`` will say why. The caller moves the counters
    behind the numbers of all that it wrote, with ``records.move_counter``.
    """
    if not elsewhere.mark_absent(conn, ready.kind, ready.leads, ready.files):
        return False
    register = (ready.unit, ready.number, ready.title, 1, "", ready.id, ready.kind)
    try:
        seq = records.register_new(conn, register)
    except sqlite3.IntegrityError:
        return False
    records.insert_row(conn, kind_of(ready.kind), seq, ready.values)
    if whole:
        history.append_content(conn, (ready.kind, ready.id, 1, ready.at, action), ready.content)
        search.insert(conn, seq, ready.words, ready.packed)
    return True


def _is_storable(values: list[Stored], content: str) -> bool:
    """Tell whether SQLite takes all of it: whole numbers of 64 bits, text that is UTF-8."""
    whole = [value for value in values if isinstance(value, int)]
    if not all(-_BEYOND <= value < _BEYOND for value in whole):
        return False
    try:
        content.encode()
    except UnicodeEncodeError:
        return False
    return True


def _kinds(kind: str, key: str) -> tuple[str, ...]:
    field = kind_of(kind).fields[key]
    assert isinstance(field, Reference)
    return field.kinds
