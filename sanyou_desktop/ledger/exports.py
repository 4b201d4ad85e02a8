"""The log of what left the ledger (导出登记): it only grows, and names every record that went out.

Anything that hands records out notes it here: reports, shared workbooks, documents, printing, what
was copied with a mark of secrecy, backups to a place that somebody named. The writer of the file
fills an ``Outgoing``; who holds a ledger that can be written to calls ``ledger.exports.note``; a
command, which reads only, calls ``note_beside``.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Callable, Collection
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, field
from pathlib import Path

from sanyou_desktop.ledger.connection import atomic, connect
from sanyou_desktop.ledger.errors import LedgerError, known_errors
from sanyou_desktop.ledger.opening import FORMAT
from sanyou_desktop.ledger.schema import to_json
from sanyou_desktop.model.changes import Changes
from sanyou_desktop.model.fields import stamp
from sanyou_desktop.model.fields.choices import Option
from sanyou_desktop.wording import N_, _

WAYS = (
    Option("report", N_("上报工作簿")),
    Option("share", N_("共享表格")),
    Option("document", N_("总结材料")),
    Option("form", N_("套表")),
    Option("rollup", N_("汇总导出")),
    Option("print", N_("打印")),
    Option("catalogue", N_("制度汇编目录")),
    Option("list", N_("清单文件")),
    Option("return", N_("退回意见")),
    Option("copy", N_("复制")),
    Option("file", N_("附件")),
    Option("backup", N_("备份")),
)
_SEARCHED = 5000
_FIELDS = "seq, at, way, target, options, result, records, confidential"


@dataclass
class Outgoing:
    """What goes out, while it does.

    Attributes:
        way: a value of ``WAYS``.
        target: the file, or the printer; never a password or an address with one.
        options: what was chosen, by name, such as the period; ``what`` names a paper, where more
            than one kind goes to one place, as to a printer.
        result: the sentence that the user was told.
        confidential: how many of the records carry a mark of secrecy.
        history: of a backup, the end of its history, from which its records are known; no row of
            it is kept a second time.
    """

    way: str
    target: str
    options: dict[str, str] = field(default_factory=dict)
    result: str = ""
    confidential: int = 0
    records: int = 0
    history: int = 0
    _lines: list[str] = field(default_factory=list)
    _packed: list[bytes] = field(default_factory=list)
    _packer: zlib._Compress = field(default_factory=zlib.compressobj)

    def add(self, record_id: str, revision: int) -> None:
        """Note that a record goes out as it is in that revision."""
        self.records += 1
        self._lines.append(f"{record_id} {revision}\n")
        # Kept packed: a report may hold a million.
        if len(self._lines) == 10_000:
            self._pack()

    def packed(self) -> bytes:
        """Return the records that went out, packed; nothing can be added afterwards."""
        self._pack()
        return b"".join(self._packed) + self._packer.flush()

    def _pack(self) -> None:
        self._packed.append(self._packer.compress("".join(self._lines).encode()))
        self._lines.clear()


@dataclass(frozen=True)
class Logged:
    """One line of the log."""

    seq: int
    at: str
    way: str
    target: str
    options: dict[str, str]
    result: str
    records: int
    confidential: int


@dataclass(frozen=True)
class Left:
    """A line of the log, and which of the records asked about went there, then or earlier."""

    line: Logged
    ids: tuple[str, ...]


@dataclass(frozen=True)
class SinceLast:
    """What an export held that the one before it, the same way to the same place, did not.

    To a printer go many papers: there the one before is the same paper's (``options["what"]``).

    Ids of records that were new in it, that had changed, and that were in it no more; ``before`` is
    that earlier line of the log, None if it was the first.
    """

    before: Logged | None
    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    same: int = 0


class Exports:
    """The log of one ledger."""

    def __init__(
        self,
        conn: sqlite3.Connection,
        writing: Callable[[], AbstractContextManager[None]] | None = None,
    ) -> None:
        """Use the ledger's connection; without ``writing`` the log can only be read."""
        self._conn = conn
        self._writing = writing

    def note(self, outgoing: Outgoing) -> Changes:
        """Add a line; no record of the ledger changes by it.

        Raises:
            LedgerReadOnly, LedgerLocked, DiskFull, LedgerError: nothing was noted.
        """
        assert self._writing is not None
        with self._writing():
            _insert(self._conn, outgoing)
        return Changes()

    def lines(self, limit: int = 200) -> list[Logged]:
        """Return the newest lines, newest first."""
        with known_errors():
            rows = self._conn.execute(
                f"SELECT {_FIELDS} FROM export_log ORDER BY seq DESC LIMIT ?", (limit,)
            ).fetchall()
        return [_logged(row) for row in rows]

    def held(self, seq: int) -> dict[str, int]:
        """Return the records that went out in one line, revision by id."""
        until = self._history_of(seq)
        if until:
            with known_errors():
                sql = "SELECT record_id, max(revision) FROM history WHERE seq <= ? GROUP BY 1"
                return dict(self._conn.execute(sql, (until,)).fetchall())
        pairs = (line.split(" ") for line in self._text(seq).splitlines())
        return {record_id: int(revision) for record_id, revision in pairs}

    def _text(self, seq: int) -> str:
        with known_errors():
            row = self._conn.execute("SELECT rows FROM export_log WHERE seq = ?", (seq,)).fetchone()
        return zlib.decompress(row[0]).decode() if row else ""

    def _history_of(self, seq: int) -> int:
        """Return the end of the history that went out whole in a backup, 0 for other lines."""
        sql = "SELECT json_extract(options, '$.history') FROM export_log WHERE seq = ?"
        with known_errors():
            row = self._conn.execute(sql, (seq,)).fetchone()
        return int(row[0]) if row and row[0] else 0

    def with_records(self, ids: Collection[str]) -> list[Left]:
        """Return each place that any of the records ever went to, by its newest line with any.

        Of a very long log only the newest lines are looked through.
        """
        found: dict[tuple[str, str], Left] = {}
        for line in self.lines(_SEARCHED):
            before = found.get((line.way, line.target))
            known = before.ids if before else ()
            if len(known) < len(ids):
                held, there = self.held(line.seq), set(known)
                gone = (*known, *(one for one in ids if one in held and one not in there))
                if gone:
                    newest = before.line if before else line
                    found[line.way, line.target] = Left(newest, gone)
        return list(found.values())

    def since_last(self, seq: int) -> SinceLast:
        """Compare a line with the one before it that went the same way to the same place."""
        with known_errors():
            row = self._conn.execute(
                # Each backup has a name of its own.
                f"SELECT {_FIELDS} FROM export_log AS earlier WHERE seq < ? AND "
                "(way, iif(way = 'backup', '', target)) = "
                "(SELECT way, iif(way = 'backup', '', target) FROM export_log WHERE seq = ?) "
                "AND json_extract(options, '$.what') IS "
                "(SELECT json_extract(options, '$.what') FROM export_log WHERE seq = ?) "
                "ORDER BY seq DESC LIMIT 1",
                (seq, seq, seq),
            ).fetchone()
        if row is None:
            return SinceLast(None)
        before, now = self.held(row[0]), self.held(seq)
        return SinceLast(
            _logged(row),
            tuple(one for one in now if one not in before),
            tuple(one for one in now if one in before and before[one] != now[one]),
            tuple(one for one in before if one not in now),
            sum(before.get(one) == revision for one, revision in now.items()),
        )


def note_beside(path: Path, outgoing: Outgoing) -> str:
    """Add a line to the log of a ledger that is open for reading only; return why not, or "".

    One short transaction of its own: a window may have the ledger open meanwhile, whose records
    are not touched.
    """
    try:
        with closing(connect(path, read_only=False)) as conn, known_errors():
            made = "SELECT count(*) FROM sqlite_schema WHERE name = 'export_log'"
            if not conn.execute(made).fetchone()[0]:
                return _("台账是旧格式，请先用窗口打开一次")
            if conn.execute("PRAGMA user_version").fetchone()[0] // 1000 > FORMAT // 1000:
                return _("台账是更新版本的程序建立的，只能读取")
            with atomic(conn):
                _insert(conn, outgoing)
    except LedgerError as error:
        return str(error)
    return ""


def _insert(conn: sqlite3.Connection, outgoing: Outgoing) -> None:
    packed = outgoing.packed()
    options = dict(outgoing.options)
    if outgoing.history:
        options["history"] = str(outgoing.history)
    conn.execute(
        "INSERT INTO export_log (at, way, target, options, result, records, confidential, rows) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            stamp(), outgoing.way, outgoing.target, to_json(options), outgoing.result,
            outgoing.records, outgoing.confidential, packed,
        ),
    )  # fmt: skip


def _logged(row: tuple[int, str, str, str, str, str, int, int]) -> Logged:
    seq, at, way, target, options, result, records, confidential = row
    return Logged(seq, at, way, target, json.loads(options), result, records, confidential)
