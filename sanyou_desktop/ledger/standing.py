"""What must hold when an action has ended: nothing living leans on what is in the recycle bin.

Asked of the whole action and not of each record of it: those that are deleted, or restored,
together may refer to one another in any order.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator

from sanyou_desktop.ledger import records
from sanyou_desktop.ledger.errors import Recycled, Referred
from sanyou_desktop.ledger.references import refuse_if_referred
from sanyou_desktop.ledger.undo import Step
from sanyou_desktop.model.fields import Reference
from sanyou_desktop.model.kinds import KINDS, kind_of
from sanyou_desktop.model.problems import Invalid
from sanyou_desktop.model.record import problem, value_of
from sanyou_desktop.model.unit import Unit
from sanyou_desktop.wording import _


def require(conn: sqlite3.Connection, steps: Iterable[Step], own_unit: str) -> None:
    """Refuse an action that would leave a living record leaning on one in the recycle bin.

    What a record already leaned on before is not asked again: an older file may hold such a
    record, and it must stay possible to mend it bit by bit.

    Raises:
        Recycled: a record would refer to one in the recycle bin, or belong to such a unit.
        Referred: one goes into the recycle bin to which others refer, or a unit that has records.
        Invalid: the code of a unit is changed that has records.
    """
    for step in steps:
        if step.after.deleted_at:
            refuse_if_referred(conn, [step.after.id])
            if isinstance(step.after, Unit):
                _refuse_if_it_has_records(conn, step.after)
            continue
        _refuse_recycled_targets(conn, step, own_unit)
        _refuse_recycled_unit(conn, step, own_unit)
        _refuse_lost_code(conn, step)


def recycled_behind(conn: sqlite3.Connection, ids: Iterable[str], own_unit: str) -> list[str]:
    """Return the recycled records that some records lean on, directly or through others.

    Each once, and none of those given: restored together with them, nothing is lacking.
    """
    given = list(dict.fromkeys(ids))
    known, todo = dict.fromkeys(given), list(given)
    while todo:
        record = records.read(conn, todo.pop())
        if record is None:
            continue
        alone = Step(None, record)
        found = [target for _key, target in _leans_on(alone) if _recycled(conn, target)]
        for code in _belongs_to(alone):
            unit = _recycled_unit(conn, code, own_unit)
            found += [unit[0]] if unit else []
        todo += [one for one in found if one not in known]
        known |= dict.fromkeys(found)
    return list(known)[len(given) :]


def _refuse_recycled_targets(conn: sqlite3.Connection, step: Step, own_unit: str) -> None:
    for key, target in _leans_on(step):
        row = _recycled(conn, target)
        if row is not None:
            field = kind_of(step.after.kind).fields[key]
            raise Recycled(
                _(
                    "「{title}」的{field}是回收站里的{kind} {number}「{other}」，没有写入。"
                    "请先在回收站里恢复它，或改选另一条。"
                ).format(
                    title=step.after.title,
                    field=_(field.title),
                    kind=_(KINDS[row[0]].title),
                    number=row[1],
                    other=row[2],
                ),
                tuple(recycled_behind(conn, [step.after.id], own_unit)),
            )


def _recycled(conn: sqlite3.Connection, record_id: str) -> tuple[str, str, str] | None:
    """Return kind, number and title of a record that is in the recycle bin."""
    sql = "SELECT kind, number, title FROM record WHERE id = ? AND deleted_at <> ''"
    row: tuple[str, str, str] | None = conn.execute(sql, (record_id,)).fetchone()
    return row


def _leans_on(step: Step) -> Iterator[tuple[str, str]]:
    """Yield key and id of each reference that the action brought to life."""
    for key, field in kind_of(step.after.kind).fields.items():
        if isinstance(field, Reference):
            target = value_of(step.after, key)
            if target and (_is_back(step) or value_of(step.before, key) != target):
                yield key, target


def _is_back(step: Step) -> bool:
    """Tell whether the record is new or came out of the recycle bin."""
    return step.before is None or bool(step.before.deleted_at)


def _refuse_recycled_unit(conn: sqlite3.Connection, step: Step, own_unit: str) -> None:
    for code in _belongs_to(step):
        unit = _recycled_unit(conn, code, own_unit)
        # A unit's record may be its own: then it goes and comes back with itself.
        if unit is not None and unit[0] != step.after.id:
            raise Recycled(
                _(
                    "「{title}」用到的单位 {code}「{name}」在回收站里，没有写入。"
                    "请先在回收站里恢复这个单位，或改填另一个。"
                ).format(title=step.after.title, code=code, name=unit[1]),
                tuple(recycled_behind(conn, [step.after.id], own_unit)),
            )


def _belongs_to(step: Step) -> Iterator[str]:
    """Yield the codes of the units on which the action made the record depend."""
    back = _is_back(step)
    if back or (step.before is not None and step.before.unit != step.after.unit):
        yield step.after.unit
    if isinstance(step.after, Unit) and step.after.superior:
        before = step.before
        if back or not isinstance(before, Unit) or before.superior != step.after.superior:
            yield step.after.superior


def _recycled_unit(conn: sqlite3.Connection, code: str, own_unit: str) -> tuple[str, str] | None:
    """Return id and name of the unit in the recycle bin that had a code, if no living one has it.

    A code for which there never was a unit record is only not described.
    """
    if code == own_unit:
        return None
    sql = "SELECT id, name FROM unit WHERE deleted_at {} '' AND code = ? LIMIT 1"
    if conn.execute(sql.format("="), (code,)).fetchone() is not None:
        return None
    row: tuple[str, str] | None = conn.execute(sql.format(">"), (code,)).fetchone()
    return row


def _refuse_if_it_has_records(conn: sqlite3.Connection, unit: Unit) -> None:
    count = _records_of(conn, unit.code, unit.id)
    if count:
        raise Referred(
            _(
                "还有 {count} 条记录属于「{name}」，没有删除。"
                "单位撤并了，请把它的状态改为「已撤并」；要删除，请先删除这些记录。"
            ).format(count=count, name=unit.name)
        )
    below = _below(conn, unit.code, unit.id)
    if below:
        named = _("、").join(below[:3])
        raise Referred(
            _(
                "有 {count} 个单位以「{name}」为上级单位（{named}），没有删除。"
                "请先改掉这些单位的上级。"
            ).format(count=len(below), name=unit.name, named=named)
        )


def _refuse_lost_code(conn: sqlite3.Connection, step: Step) -> None:
    before, after = step.before, step.after
    if not isinstance(before, Unit) or not isinstance(after, Unit) or before.code == after.code:
        return
    count = _records_of(conn, before.code, after.id)
    count += len(_below(conn, before.code, after.id))
    if count:
        message = _(
            "还有 {count} 条记录用着代码 {code}，不能修改。"
            "请按新代码另建一个单位，把这一个的状态改为「已撤并」"
        )
        told = message.format(count=count, code=before.code)
        raise Invalid((problem(after, "code", told),))


def _below(conn: sqlite3.Connection, code: str, unit_id: str) -> list[str]:
    """Return the names of the other living units that report to the unit with a code."""
    sql = "SELECT name FROM unit WHERE superior = ? AND deleted_at = '' AND id <> ?"
    return [row[0] for row in conn.execute(sql, (code, unit_id))]


def _records_of(conn: sqlite3.Connection, code: str, unit_id: str) -> int:
    # The condition on the number lets the index on unit and number answer.
    sql = (
        "SELECT count(*) FROM record "
        "WHERE unit = ? AND number <> '' AND deleted_at = '' AND id <> ?"
    )
    return int(conn.execute(sql, (code, unit_id)).fetchone()[0])
