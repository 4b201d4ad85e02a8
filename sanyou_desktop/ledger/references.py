"""References between records: that they lead somewhere, and who refers to a record."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator

from sanyou_desktop.ledger.elsewhere import is_elsewhere
from sanyou_desktop.ledger.errors import Referred, UnknownReference
from sanyou_desktop.ledger.search import Hit
from sanyou_desktop.model.chain import cycle
from sanyou_desktop.model.fields import Reference
from sanyou_desktop.model.kinds import KINDS, kind_of
from sanyou_desktop.model.problems import Invalid
from sanyou_desktop.model.record import Record, problem, value_of
from sanyou_desktop.wording import _


def referring_fields() -> Iterator[tuple[str, str]]:
    """Yield kind and key of every field that refers to records; the table has an index on each."""
    for kind in KINDS.values():
        for key, field in kind.fields.items():
            if isinstance(field, Reference):
                yield kind.key, key


def referring(conn: sqlite3.Connection, record_id: str) -> list[Hit]:
    """Return the living records that refer to a record, each once."""
    found: dict[str, Hit] = {}
    for kind, key in referring_fields():
        rows = conn.execute(
            f'SELECT id, number, title FROM "{kind}" WHERE "{key}" = ? AND deleted_at = \'\'',
            (record_id,),
        )
        found |= {row[0]: Hit(kind, *row) for row in rows}
    return list(found.values())


def refuse_if_referred(conn: sqlite3.Connection, ids: Iterable[str]) -> None:
    """Refuse to delete records to which others, that stay, refer.

    Raises:
        Referred: the text counts those others and names the first.
    """
    together = set(ids)
    for record_id in ids:
        others = [hit for hit in referring(conn, record_id) if hit.id not in together]
        if others:
            named = _("、").join(f"{hit.number}「{hit.title}」" for hit in others[:3])
            raise Referred(
                _(
                    "有 {count} 条记录引用了它（{named}），没有删除。请先改掉这些记录中的引用。"
                ).format(count=len(others), named=named)
            )


def refuse_cycle(conn: sqlite3.Connection, record: Record) -> None:
    """Refuse a reference that leads back to the record: a rule that replaces its own successor.

    Raises:
        Invalid: the text names the records on the way round.
    """
    for key, field in kind_of(record.kind).fields.items():
        if not (isinstance(field, Reference) and record.kind in field.kinds and record.id):
            continue
        sql = f'SELECT "{key}" FROM "{record.kind}" WHERE id = ?'

        def next_of(found: str, sql: str = sql) -> str:
            row = conn.execute(sql, (found,)).fetchone()
            return row[0] if row and row[0] else ""

        way = cycle(record.id, value_of(record, key), next_of)
        if way:
            shown = " → ".join(f"「{_title(conn, one)}」" for one in way)
            message = _("形成循环：{way}，没有保存。请改选另一条记录，或先去掉其中一环。")
            raise Invalid((problem(record, key, message.format(way=shown)),))


def require_known(conn: sqlite3.Connection, record: Record) -> None:
    """Refuse references to what is not in the ledger, nor known to lie with another unit.

    Raises:
        UnknownReference: to a record, or an attachment's content; the text names the field.
    """
    for key, field in kind_of(record.kind).fields.items():
        if not isinstance(field, Reference):
            continue
        target = value_of(record, key)
        if not target:
            continue
        row = conn.execute("SELECT kind FROM record WHERE id = ?", (target,)).fetchone()
        if row is None and is_elsewhere(conn, target):
            continue
        if row is None or row[0] not in field.kinds:
            kinds = _("、").join(_(KINDS[kind].title) for kind in field.kinds)
            raise UnknownReference(
                _("{field}：台账中没有这条{kinds}记录，没有保存。请重新选择。").format(
                    field=_(field.title), kinds=kinds
                )
            )
    for file in record.attachments:
        sql = "SELECT 1 FROM attachment WHERE sha256 = ?"
        there = conn.execute(sql, (file.sha256,)).fetchone()
        if there is None and not is_elsewhere(conn, file.sha256):
            raise UnknownReference(
                _("附件「{name}」的内容不在台账中，没有保存。请重新添加这个附件。").format(
                    name=file.name
                )
            )


def _title(conn: sqlite3.Connection, record_id: str) -> str:
    row = conn.execute("SELECT title FROM record WHERE id = ?", (record_id,)).fetchone()
    return row[0] if row else record_id
