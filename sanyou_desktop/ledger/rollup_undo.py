"""Taking back a whole roll-up, in this run of the program or years later, as new revisions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, replace

from sanyou_desktop.ledger import accepted, decisions, elsewhere, history, records, references
from sanyou_desktop.ledger.accepted import Copy
from sanyou_desktop.ledger.errors import Conflict, Referred
from sanyou_desktop.ledger.telling import UNTOLD, Telling
from sanyou_desktop.model.fields import stamp
from sanyou_desktop.model.record import Record
from sanyou_desktop.wording import _

_NAMED = 3


@dataclass(frozen=True)
class Run:
    """A roll-up of this ledger, as a list of them shows it."""

    id: int
    at: str
    told: str
    undone_at: str


@dataclass(frozen=True, slots=True)
class _Step:
    id: int
    sender: str
    record_id: str
    before: int
    after: int
    accepted_before: str


def runs(conn: sqlite3.Connection) -> list[Run]:
    """Return all roll-ups, the latest first."""
    rows = conn.execute("SELECT id, at, told, undone_at FROM rollup ORDER BY id DESC")
    return [Run(*row) for row in rows]


def take_back(conn: sqlite3.Connection, run: int, telling: Telling = UNTOLD) -> None:
    """Write every record as it was before a run, inside the caller's transaction.

    Records that the run made go to the recycle bin; what was last accepted from each unit, and
    what was decided, are as before.

    Raises:
        Conflict: it was taken back already, or something was changed after it.
        Referred: a record made since refers to one that the run made.
    """
    row = conn.execute("SELECT undone_at FROM rollup WHERE id = ?", (run,)).fetchone()
    if row is None or row[0]:
        raise Conflict(_("这次汇总已经撤销过，内容没有改动。"))
    _refuse_if_changed(conn, run)
    _refuse_if_followed(conn, run)
    _refuse_if_referred(conn, run)
    first = _first_of_many(conn, run)
    displaced = _free_numbers(conn, run)
    steps = conn.execute("SELECT count(*) FROM rollup_step WHERE run = ?", (run,)).fetchone()[0]
    for step in telling(_steps(conn, run), steps):
        # What several files of the run changed goes back at once to before the first of them.
        if step.after and first.get(step.record_id, step.id) == step.id:
            record = _before(conn, step)
            if step.record_id in displaced:
                record = replace(record, number="")
            records.write(conn, record, history.UNDONE)
        if step.accepted_before:
            copy = Copy.from_text(step.accepted_before)
            accepted.keep(conn, step.sender, step.record_id, copy, 0)
        else:
            accepted.forget(conn, step.sender, step.record_id)
    decisions.forget_run(conn, run)
    conn.execute("UPDATE rollup SET undone_at = ? WHERE id = ?", (stamp(), run))


def _steps(conn: sqlite3.Connection, run: int) -> Iterator[_Step]:
    """Yield the steps, last first, a part at a time: writing meanwhile must not disturb reading."""
    last = conn.execute("SELECT max(id) + 1 FROM rollup_step WHERE run = ?", (run,)).fetchone()[0]
    while last:
        found = conn.execute(
            "SELECT id, sender, record_id, before_revision, after_revision, accepted_before "
            "FROM rollup_step WHERE run = ? AND id < ? ORDER BY id DESC LIMIT 1000",
            (run, last),
        ).fetchall()
        yield from (_Step(*row) for row in found)
        last = found[-1][0] if found else 0


def _first_of_many(conn: sqlite3.Connection, run: int) -> dict[str, int]:
    """Return the first step that changed it of each record that the run changed more than once."""
    rows = conn.execute(
        "SELECT record_id, min(id) FROM rollup_step WHERE run = ? AND after_revision > 0 "
        "GROUP BY record_id HAVING count(*) > 1",
        (run,),
    )
    return dict(rows.fetchall())


def _free_numbers(conn: sqlite3.Connection, run: int) -> frozenset[str]:
    """Make way for the numbers that records had before; numbers are unique at every moment.

    Return the ids of records made by the run whose numbers others had before it. They take the next
    ones with them into the recycle bin, as do those that lie there already.
    """
    back = conn.execute(
        "SELECT record.unit, json_extract(was.content, '$.number') AS old FROM "
        "(SELECT record_id, min(before_revision) AS before FROM rollup_step "
        "WHERE run = ? AND after_revision > 0 GROUP BY record_id HAVING before > 0) AS step "
        "JOIN record ON record.id = step.record_id "
        "JOIN history AS was ON was.record_id = step.record_id AND was.revision = step.before "
        "WHERE old <> record.number",
        (run,),
    ).fetchall()
    displaced = set()
    changed = _before_the_run(conn, run) if back else {}
    for unit, number in back:
        held = conn.execute(
            "SELECT id, deleted_at FROM record WHERE unit = ? AND number = ? AND number <> ''",
            (unit, number),
        ).fetchone()
        if held is None:
            continue
        record_id, deleted_at = held
        if record_id in changed:
            conn.execute("UPDATE record SET number = '' WHERE id = ?", (record_id,))
            if not changed[record_id]:
                displaced.add(record_id)
        elif deleted_at:
            # It came with a later roll-up, which was taken back already.
            gone = records.read(conn, record_id)
            assert gone is not None, record_id
            records.write(conn, replace(gone, number=""), history.UNDONE)
    return frozenset(displaced)


def _before_the_run(conn: sqlite3.Connection, run: int) -> dict[str, int]:
    """Return the revisions that the records which a run changed had before it, 0 for none."""
    rows = conn.execute(
        "SELECT record_id, min(before_revision) FROM rollup_step "
        "WHERE run = ? AND after_revision > 0 GROUP BY record_id",
        (run,),
    )
    return dict(rows.fetchall())


def _before(conn: sqlite3.Connection, step: _Step) -> Record:
    now = records.read(conn, step.record_id)
    assert now is not None, step.record_id
    if not step.before:
        return replace(now, deleted_at=stamp())
    was = history.revision(conn, step.record_id, step.before)
    assert was is not None, step
    return replace(was.record, revision=now.revision)


def _refuse_if_changed(conn: sqlite3.Connection, run: int) -> None:
    """Refuse where a record is no longer as the run left it; a change taken back since is none."""
    rows = conn.execute(
        "SELECT record.id, step.after FROM record JOIN (SELECT record_id, "
        "max(after_revision) AS after FROM rollup_step WHERE run = ? GROUP BY record_id) AS step "
        "ON step.record_id = record.id WHERE step.after AND step.after <> record.revision",
        (run,),
    ).fetchall()
    changed = [found for row in rows if (found := _changed_since(conn, *row)) is not None]
    if changed:
        raise Conflict(
            _(
                "汇总后又有 {count} 条记录改过（{named}），没有撤销，内容没有改动。"
                "可先撤销那些修改，或在各条记录的「历史」中恢复以前的版本。"
            ).format(count=len(changed), named=_named(changed))
        )


def _changed_since(conn: sqlite3.Connection, record_id: str, after: int) -> tuple[str, str] | None:
    """Return number and title of a record that is not what it was at revision ``after``."""
    now, then = records.read(conn, record_id), history.revision(conn, record_id, after)
    assert now is not None, record_id
    assert then is not None, (record_id, after)
    same = replace(then.record, revision=now.revision, updated_at=now.updated_at) == now
    return None if same else (now.number, now.title)


def _refuse_if_followed(conn: sqlite3.Connection, run: int) -> None:
    row = conn.execute(
        "SELECT count(*) FROM rollup_step AS step JOIN accepted USING (sender, record_id) "
        "WHERE step.run = ? AND accepted.run > ?",
        (run, run),
    ).fetchone()
    if row[0]:
        raise Conflict(_("之后又有一次汇总用到了这次的结果，没有撤销。请先撤销后面的那次汇总。"))


def _refuse_if_referred(conn: sqlite3.Connection, run: int) -> None:
    """Refuse where records of this ledger's own lean on what the run brought.

    What another unit reported referred to it before it came, and then does so again.
    """
    made = "SELECT record_id FROM rollup_step WHERE run = ? AND before_revision = 0"
    for kind, key in references.referring_fields():
        leaning = f"deleted_at = '' AND \"{key}\" <> '' AND \"{key}\" IN ({made})"
        reported = accepted.REPORTED
        rows = conn.execute(
            f'SELECT number, title FROM "{kind}" WHERE {leaning} AND id NOT IN ({made}) '
            f"AND NOT {reported}",
            (run, run),
        ).fetchall()
        if rows:
            raise Referred(
                _(
                    "有 {count} 条记录引用了这次汇总新增的记录（{named}），没有撤销。"
                    "请先改掉这些记录中的引用。"
                ).format(count=len(rows), named=_named(rows))
            )
        targets = conn.execute(
            f'SELECT DISTINCT "{key}" FROM "{kind}" WHERE {leaning} AND {reported}', (run,)
        ).fetchall()
        elsewhere.mark_all(conn, [row[0] for row in targets])
    rows = conn.execute(
        "SELECT number, title FROM record WHERE deleted_at = '' AND kind <> 'unit' "
        f"AND id NOT IN ({made}) AND unit IN (SELECT code FROM unit WHERE id IN ({made}))",
        (run, run),
    ).fetchall()
    if rows:
        raise Referred(
            _(
                "有 {count} 条记录属于这次汇总新增的单位（{named}），没有撤销。"
                "请先删除这些记录，或改到别的单位。"
            ).format(count=len(rows), named=_named(rows))
        )


def _named(rows: list[tuple[str, str]]) -> str:
    return _("、").join(f"{number}「{title}」" for number, title in rows[:_NAMED])
