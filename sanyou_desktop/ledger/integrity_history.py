"""Checks of the history chain, and of the records against it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sanyou_desktop.ledger import history
from sanyou_desktop.ledger.integrity_survey import Survey, named
from sanyou_desktop.ledger.schema import record_of
from sanyou_desktop.model.kinds import KINDS, UNREADABLE, Kind
from sanyou_desktop.wording import _


def broken_chain(survey: Survey) -> Iterator[str]:
    """Recompute every row's hash from the first on.

    After a broken row the chain is followed by the hash that stands there, so that only the rows
    that were changed are named.
    """
    last, previous = 0, ""
    rows = survey.conn.execute(
        "SELECT seq, kind, record_id, revision, at, action, content, previous, hash "
        "FROM history ORDER BY seq"
    )
    for seq, kind, record_id, revision, at, action, content, before, found in rows:
        survey.step()
        if seq != last + 1:
            yield _("历史缺少第 {first} 到 {last} 条，请从最近的备份恢复。").format(
                first=last + 1, last=seq - 1
            )
        elif before != previous:
            yield _("{record}第 {revision} 版的历史与前一条接不上，请从最近的备份恢复。").format(
                record=_of_content(kind, content), revision=revision
            )
        if found != history.row_hash(seq, kind, record_id, revision, at, action, content, before):
            yield _("{record}第 {revision} 版的历史被改动过，请核对这一版，或从备份恢复。").format(
                record=_of_content(kind, content), revision=revision
            )
        last, previous = seq, found


def broken_register(survey: Survey) -> Iterator[str]:
    """Compare the register of all records with the tables of the kinds."""
    for kind in KINDS:
        rows = survey.conn.execute(
            "SELECT record.kind, record.number, record.title FROM record "
            f'LEFT JOIN "{kind}" AS own ON own.seq = record.seq WHERE record.kind = ? AND '
            "(own.id, own.unit, own.number, own.title, own.revision, own.deleted_at) IS NOT "
            "(record.id, record.unit, record.number, record.title, record.revision, "
            "record.deleted_at)",
            (kind,),
        )
        for row in rows:
            yield _("{record}与登记册不一致，请核对这条记录，修改后保存一次。").format(
                record=named(*row)
            )


def strayed_records(survey: Survey) -> Iterator[str]:
    """Compare every record with the newest revision in its history."""
    for kind in KINDS.values():
        wanted = ", ".join(f'own."{key}"' for key in kind.fields)
        rows = survey.conn.execute(
            f"SELECT newest.revision, newest.content, own.number, own.title, {wanted} "
            f'FROM "{kind.key}" AS own LEFT JOIN history AS newest ON newest.seq = '
            "(SELECT seq FROM history WHERE record_id = own.id ORDER BY revision DESC LIMIT 1)"
        )
        for revision, content, number, title, *stored in rows:
            survey.step()
            record = named(kind.key, number, title)
            if content is None:
                yield _("{record}没有历史，请核对这条记录，修改后保存一次。").format(record=record)
            elif not _is_same(kind, tuple(stored), content):
                yield _(
                    "{record}与历史第 {revision} 版不一致，请核对内容，或在历史中恢复这一版。"
                ).format(record=record, revision=revision)


def vanished_records(survey: Survey) -> Iterator[str]:
    """Find the records whose history is there but which are not."""
    rows = survey.conn.execute(
        "SELECT kind, content FROM history WHERE seq IN "
        "(SELECT max(seq) FROM history GROUP BY record_id) "
        "AND record_id NOT IN (SELECT id FROM record) ORDER BY seq"
    )
    for kind, content in rows:
        yield _("{record}有历史而记录本身不在台账中，请从最近的备份恢复。").format(
            record=_of_content(kind, content)
        )


def _is_same(kind: Kind, stored: tuple[Any, ...], content: str) -> bool:
    try:
        return record_of(kind, stored) == history.from_content(kind.key, content)
    except UNREADABLE:
        return False


def _of_content(kind: str, content: str) -> str:
    """Name a record by what a history row holds, as far as that can still be read."""
    try:
        given = json.loads(content)
        return named(kind, str(given.get("number", "")), str(given.get("title", "")))
    except UNREADABLE:
        return named(kind, "", "")
