"""Checking a whole ledger: is it what was written, and does everything in it hang together.

To add a check: a generator that takes a ``Survey`` and yields sentences, in ``_CHECKS``. A
sentence names the record by kind, number and title, and says what to do.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from sanyou_desktop.ledger.connection import snapshot
from sanyou_desktop.ledger.integrity_history import (
    broken_chain,
    broken_register,
    strayed_records,
    vanished_records,
)
from sanyou_desktop.ledger.integrity_standing import leaning_records, records_of_recycled_units
from sanyou_desktop.ledger.integrity_survey import Progress, Survey, named
from sanyou_desktop.model.kinds import KINDS
from sanyou_desktop.wording import _

# A ledger that is wrong everywhere is not told of line by line.
_MOST_OF_A_CHECK = 100
_PIECE = 1024 * 1024


def verify(conn: sqlite3.Connection, progress: Progress | None = None) -> list[str]:
    """Return what is wrong and where, in sentences; nothing if the ledger is sound.

    ``progress`` is called with rows done and rows in all. What is checked is the ledger as it is
    at the beginning, however it is written to meanwhile.
    """
    found: list[str] = []
    with snapshot(conn):
        survey = Survey(conn, progress)
        for check in _CHECKS:
            sentences = _unless_unreadable(check, survey)
            found += islice(sentences, _MOST_OF_A_CHECK)
            more = sum(1 for _more in sentences)
            if more:
                found.append(_("同类问题还有 {count} 处，没有一一列出。").format(count=more))
    return found


Check = Callable[[Survey], Iterator[str]]


def _unless_unreadable(check: Check, survey: Survey) -> Iterator[str]:
    """Yield what a check finds; where the file is too damaged for it to go on, say so."""
    try:
        yield from check(survey)
    except sqlite3.DatabaseError as error:
        yield _("文件有一部分读不出来（{detail}），请从最近的备份恢复，现有文件会保留。").format(
            detail=error
        )


def _damaged_pages(survey: Survey) -> Iterator[str]:
    for row in survey.conn.execute(f"PRAGMA integrity_check({_MOST_OF_A_CHECK})"):
        if row[0] != "ok":
            yield _("文件结构损坏（{detail}），请从最近的备份恢复，现有文件会保留。").format(
                detail=row[0]
            )


def _dangling_rows(survey: Survey) -> Iterator[str]:
    for table, row, parent, _key in survey.conn.execute("PRAGMA foreign_key_check"):
        yield _("表 {table} 第 {row} 行在 {parent} 中没有对应的记录，请从最近的备份恢复。").format(
            table=table, row=row, parent=parent
        )


@dataclass(frozen=True)
class _Content:
    """Bytes that the attachment table holds."""

    row: int
    sha256: str
    size: int


def _changed_attachments(survey: Survey) -> Iterator[str]:
    sql = "SELECT rowid, sha256, size FROM attachment ORDER BY rowid"
    for content in [_Content(*row) for row in survey.conn.execute(sql)]:
        survey.step()
        if _hash_of(survey.conn, content) != content.sha256:
            for owner in _owners(survey.conn, content.sha256):
                yield _("{owner}内容已损坏，请从备份恢复，或重新添加这个附件。").format(owner=owner)


def _hash_of(conn: sqlite3.Connection, content: _Content) -> str:
    found = hashlib.sha256()
    with conn.blobopen("attachment", "content", content.row, readonly=True) as blob:
        if len(blob) != content.size:
            return ""
        while piece := blob.read(_PIECE):
            found.update(piece)
    return found.hexdigest()


def _owners(conn: sqlite3.Connection, sha256: str) -> list[str]:
    """Return the attachments that show a content, each as 承诺 CN-2026-0001「…」的附件「…」."""
    found = [
        _attachment_of(kind, *row)
        for kind in KINDS
        for row in conn.execute(
            f"SELECT number, title, json_extract(item.value, '$.name') FROM \"{kind}\", "
            f"json_each(attachments) AS item WHERE json_extract(item.value, '$.sha256') = ?",
            (sha256,),
        )
    ]
    return found or [_("历史中的附件（校验 {sha256}）").format(sha256=sha256[:12])]


def _missing_attachments(survey: Survey) -> Iterator[str]:
    for kind in KINDS:
        rows = survey.conn.execute(
            f"SELECT number, title, json_extract(item.value, '$.name') FROM \"{kind}\", "
            "json_each(attachments) AS item WHERE json_extract(item.value, '$.sha256') NOT IN "
            "(SELECT sha256 FROM attachment UNION ALL SELECT what FROM elsewhere)"
        )
        for row in rows:
            yield _("{owner}不在台账中，请从备份恢复，或重新添加这个附件。").format(
                owner=_attachment_of(kind, *row)
            )


def _attachment_of(kind: str, number: str, title: str, name: str) -> str:
    return _("{record}的附件「{name}」").format(record=named(kind, number, title), name=name)


def _unsearchable_records(survey: Survey) -> Iterator[str]:
    rows = survey.conn.execute(
        "SELECT kind, number, title FROM record "
        "WHERE seq NOT IN (SELECT seq FROM search_source) ORDER BY seq"
    )
    for row in rows:
        yield _("{record}不在检索中，搜索找不到它。请打开这条记录，修改后保存一次。").format(
            record=named(*row)
        )
    sql = "SELECT count(*) FROM search_source WHERE seq NOT IN (SELECT seq FROM record)"
    stray = survey.conn.execute(sql).fetchone()[0]
    if stray:
        yield _("检索中有 {count} 条内容不属于任何记录，请从最近的备份恢复。").format(count=stray)


_CHECKS: tuple[Check, ...] = (
    _damaged_pages,
    _dangling_rows,
    broken_chain,
    broken_register,
    strayed_records,
    vanished_records,
    _changed_attachments,
    _missing_attachments,
    _unsearchable_records,
    leaning_records,
    records_of_recycled_units,
)
