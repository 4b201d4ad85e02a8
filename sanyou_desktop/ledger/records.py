"""Writing one record: its row, its place in the register, its history and its search row."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sanyou_desktop.ledger import history, references, search
from sanyou_desktop.ledger.errors import Conflict, DuplicateNumber
from sanyou_desktop.ledger.schema import Stored, record_of, row_of
from sanyou_desktop.model.changes import Changes
from sanyou_desktop.model.fields import stamp
from sanyou_desktop.model.identity import new_id
from sanyou_desktop.model.kinds import KINDS, Kind, kind_of
from sanyou_desktop.model.numbering import format_number, running_number
from sanyou_desktop.model.problems import Invalid
from sanyou_desktop.model.record import Record, required_problems
from sanyou_desktop.model.unit import Unit
from sanyou_desktop.wording import _

_REGISTER = "unit, number, title, revision, deleted_at, id, kind"


@dataclass(frozen=True)
class Saved:
    """A record as it now stands in the ledger, and what saving it changed.

    ``told`` says in words what was done to other records by that; "" if nothing was.
    """

    record: Record
    changes: Changes
    told: str = ""


@dataclass(frozen=True)
class _Known:
    """What the register knows of a record before it is written."""

    seq: int
    kind: str
    revision: int


def read(conn: sqlite3.Connection, record_id: str) -> Record | None:
    """Return a record of any kind, living or recycled, None if there is none."""
    known = _known(conn, record_id)
    if known is None:
        return None
    kind = kind_of(known.kind)
    wanted = ", ".join(f'"{key}"' for key in kind.fields)
    sql = f'SELECT {wanted} FROM "{kind.key}" WHERE seq = ?'
    return record_of(kind, conn.execute(sql, (known.seq,)).fetchone())


def write(
    conn: sqlite3.Connection, record: Record, action: str = "", *, whole: bool = True
) -> Record:
    """Write a new or changed record inside the caller's transaction and return it as it stands.

    A new one gets id, number and times; a changed one must carry the revision it began from.
    Only in a transaction that will be taken back may it be less than ``whole``: without its
    history and search rows, which take most of the time.

    Raises:
        Invalid: the record breaks a rule of its kind.
        Conflict: it was changed, or is of another kind, since it was read.
        UnknownReference: it refers to a record or a file that is not in the ledger.
        DuplicateNumber: its number (or a unit's code) is taken.
    """
    found = (*required_problems(record), *record.problems())
    if found:
        raise Invalid(found)
    known = _known(conn, record.id) if record.id else None
    _check_revision(record, known)
    references.require_known(conn, record)
    references.refuse_cycle(conn, record)
    record = _numbered(conn, _stamped(record, known))
    _check_unique(conn, record)
    seq = _register(conn, record, known)
    _write_row(conn, record, seq, is_new=known is None)
    if whole:
        history.append(conn, record, action or (history.CHANGED if known else history.CREATED))
        search.index(conn, seq, record.kind, record)
    return record


def _known(conn: sqlite3.Connection, record_id: str) -> _Known | None:
    sql = "SELECT seq, kind, revision FROM record WHERE id = ?"
    row = conn.execute(sql, (record_id,)).fetchone()
    return row and _Known(*row)


def _check_revision(record: Record, known: _Known | None) -> None:
    if known is None:
        return
    if known.kind != record.kind:
        raise Conflict(
            _("标识 {id} 已用于另一类记录，没有保存。请去掉标识后重新登记。").format(id=record.id)
        )
    if known.revision != record.revision:
        raise Conflict(
            _("「{title}」在别处已改到第 {found} 版，您手里的是第 {held} 版，没有覆盖。").format(
                title=record.title, found=known.revision, held=record.revision
            )
        )


def _stamped(record: Record, known: _Known | None) -> Record:
    now = stamp()
    return replace(
        record,
        id=record.id or new_id(),
        revision=known.revision + 1 if known else 1,
        created_at=record.created_at or now,
        updated_at=now,
    )


def _numbered(conn: sqlite3.Connection, record: Record) -> Record:
    """Give the record the next number of its kind, unit and year, if it has none.

    The counter never goes back, so that a number once printed is not given to another record. A
    number that somebody typed moves the counter of its own kind and year, whatever the record is:
    numbers are unique over all kinds, and next year's first must not meet one typed today.
    """
    if record.number:
        move_counter(conn, record.unit, record.number)
        return record
    return replace(record, number=next_number(conn, record.unit, record.prefix, date.today().year))


def move_counter(conn: sqlite3.Connection, unit: str, number: str) -> None:
    """Let no number be given any more that is not after ``number``, if it is a running one."""
    typed = running_number(number)
    if typed:
        conn.execute(
            "INSERT INTO counter (unit, prefix, year, last) VALUES (?, ?, ?, ?) "
            "ON CONFLICT DO UPDATE SET last = max(last, excluded.last)",
            (unit, *typed),
        )


def next_number(conn: sqlite3.Connection, unit: str, prefix: str, year: int) -> str:
    """Take the next running number inside the caller's transaction; none is given twice."""
    row = conn.execute(
        "INSERT INTO counter (unit, prefix, year, last) VALUES (?, ?, ?, 1) "
        "ON CONFLICT DO UPDATE SET last = last + 1 RETURNING last",
        (unit, prefix, year),
    ).fetchone()
    return format_number(prefix, year, row[0])


def holder_of(
    conn: sqlite3.Connection, unit: str, number: str, record_id: str
) -> tuple[str, str] | None:
    """Return kind and title of another record of the unit that has the number, if there is one."""
    # Only so is the index of the numbers there are of any use.
    sql = (
        "SELECT kind, title FROM record WHERE unit = ? AND number = ? AND number <> '' AND id <> ?"
    )
    found: tuple[str, str] | None = conn.execute(sql, (unit, number, record_id)).fetchone()
    return found


def _check_unique(conn: sqlite3.Connection, record: Record) -> None:
    row = holder_of(conn, record.unit, record.number, record.id)
    if row is not None:
        raise DuplicateNumber(
            _(
                "编号：{number} 已用于{kind}「{title}」，没有保存。请改用别的编号，或留空自动编号。"
            ).format(number=record.number, kind=_(KINDS[row[0]].title), title=row[1])
        )
    if isinstance(record, Unit):
        sql = "SELECT name FROM unit WHERE code = ? AND id <> ? AND deleted_at = ''"
        row = conn.execute(sql, (record.code, record.id)).fetchone()
        if row is not None:
            raise DuplicateNumber(
                _("本单位代码：{code} 已用于「{name}」，没有保存。请核对代码。").format(
                    code=record.code, name=row[0]
                )
            )


def _register(conn: sqlite3.Connection, record: Record, known: _Known | None) -> int:
    values = (record.unit, record.number, record.title, record.revision, record.deleted_at)
    if known is not None:
        conn.execute(
            "UPDATE record SET unit = ?, number = ?, title = ?, revision = ?, deleted_at = ? "
            "WHERE seq = ?",
            (*values, known.seq),
        )
        return known.seq
    return register_new(conn, (*values, record.id, record.kind))


def register_new(conn: sqlite3.Connection, values: tuple[str | int, ...]) -> int:
    """Enter unit, number, title, revision, when deleted, id and kind; return the ``seq``."""
    cursor = conn.execute(f"INSERT INTO record ({_REGISTER}) VALUES (?, ?, ?, ?, ?, ?, ?)", values)
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def register_all(conn: sqlite3.Connection, rows: Sequence[tuple[str | int, ...]]) -> range:
    """Enter many new records, each as ``register_new`` does; return their ``seq`` in order."""
    first: int = conn.execute("SELECT coalesce(max(seq), 0) + 1 FROM record").fetchone()[0]
    taken = range(first, first + len(rows))
    conn.executemany(
        f"INSERT INTO record ({_REGISTER}, seq) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [(*row, seq) for row, seq in zip(rows, taken, strict=True)],
    )
    return taken


def _write_row(conn: sqlite3.Connection, record: Record, seq: int, *, is_new: bool) -> None:
    kind = kind_of(record.kind)
    values = row_of(record)
    if is_new:
        insert_rows(conn, kind, [(seq, values)])
        return
    pairs = ", ".join(f'"{key}" = ?' for key in kind.fields)
    conn.execute(f'UPDATE "{kind.key}" SET {pairs} WHERE seq = ?', [*values, seq])


def insert_rows(
    conn: sqlite3.Connection, kind: Kind, rows: Iterable[tuple[int, Sequence[Stored]]]
) -> None:
    """Write the rows of new records: ``seq``, and values in the order of the declared fields."""
    # By the class and not by its key: a kind may come to be declared by another class.
    sql = _INSERTS.get(kind.record)
    if sql is None:
        names = ", ".join(f'"{key}"' for key in kind.fields)
        marks = ", ".join("?" * (len(kind.fields) + 1))
        sql = f'INSERT INTO "{kind.key}" (seq, {names}) VALUES ({marks})'
        _INSERTS[kind.record] = sql
    conn.executemany(sql, [(seq, *values) for seq, values in rows])


_INSERTS: dict[type[Record], str] = {}
