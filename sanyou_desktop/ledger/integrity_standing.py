"""Whether living records lean on what is in the recycle bin, or on what is nowhere.

A file in which they do can be used all the same, and each sentence says so.
"""

from __future__ import annotations

from collections.abc import Iterator

from sanyou_desktop.ledger.integrity_survey import Survey, named
from sanyou_desktop.ledger.references import referring_fields
from sanyou_desktop.model.kinds import KINDS, kind_of
from sanyou_desktop.wording import _


def leaning_records(survey: Survey) -> Iterator[str]:
    """Yield the references of living records that lead into the recycle bin or nowhere.

    Older versions let them come about in a certain order of restoring and taking back.
    """
    for kind, key in referring_fields():
        rows = survey.conn.execute(
            "SELECT own.number, own.title, other.kind, other.number, other.title "
            f'FROM "{kind}" own '
            f'LEFT JOIN record other ON other.id = own."{key}" '
            f"WHERE own.deleted_at = '' AND own.\"{key}\" <> '' "
            "AND (other.id IS NULL OR other.deleted_at <> '') "
            f'AND own."{key}" NOT IN (SELECT what FROM elsewhere)'
        )
        label = _(kind_of(kind).fields[key].title)
        for number, title, other, other_number, other_title in rows:
            record = named(kind, number, title)
            if other is None:
                yield _(
                    "{record}的{field}所指的记录已不存在，请打开这条记录重新选择。"
                    "台账可以照常使用。"
                ).format(record=record, field=label)
                continue
            yield _(
                "{record}的{field}是回收站里的{other}，请恢复它，或改选另一条。台账可以照常使用。"
            ).format(record=record, field=label, other=named(other, other_number, other_title))


def records_of_recycled_units(survey: Survey) -> Iterator[str]:
    """Yield the units in the recycle bin that still have records, or units below them."""
    rows = survey.conn.execute(
        "SELECT code, name FROM unit WHERE deleted_at <> '' "
        "AND code NOT IN (SELECT code FROM unit WHERE deleted_at = '')"
    ).fetchall()
    for code, name in rows:
        count = sum(
            int(
                survey.conn.execute(
                    f"SELECT count(*) FROM \"{kind}\" WHERE unit = ? AND deleted_at = ''", (code,)
                ).fetchone()[0]
            )
            for kind in KINDS
        )
        if count:
            yield _(
                "单位 {code}「{name}」在回收站里，但还有 {count} 条记录属于它，请恢复它。"
                "台账可以照常使用。"
            ).format(code=code, name=name, count=count)
        sql = "SELECT count(*) FROM unit WHERE superior = ? AND deleted_at = ''"
        below = survey.conn.execute(sql, (code,)).fetchone()[0]
        if below:
            yield _(
                "单位 {code}「{name}」在回收站里，但还有 {count} 个单位以它为上级，请恢复它。"
                "台账可以照常使用。"
            ).format(code=code, name=name, count=below)
