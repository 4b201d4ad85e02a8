"""What must be seen to on a day, of all records at once: ``model.agenda.section_of`` as SQL.

One statement sorts everything into sections, counts them and picks the first of each; only what
is shown is then read. Closed findings are never looked at.
"""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta

from sanyou_desktop.model.agenda import ENDING_DAYS, SECTIONS, Matter, Section
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.escalation import REMINDER_DAYS, WARNING_DAYS


def _last(column: str) -> str:
    """Return the last day that a stored date may mean, as SQL; NULL without its year."""
    return (
        f"CASE WHEN {column} >= 'X' THEN NULL ELSE CASE length({column}) WHEN 10 THEN {column} "
        f"WHEN 7 THEN date({column} || '-01', '+1 month', '-1 day') "
        f"WHEN 4 THEN {column} || '-12-31' END END"
    )


def _round(key: str) -> str:
    return f"coalesce(json_extract(rounds, '$[#-1].{key}'), '')"


# ``rectification.next_step``.
_STEP = f"""CASE
    WHEN coalesce(rounds, '[]') = '[]' THEN 'rectify'
    WHEN {_round("rectified_on")} = '' AND {_round("rectification")} = '' THEN 'rectify'
    WHEN {_round("verdict")} = 'failed' THEN 'rectify'
    WHEN coalesce(reopenings, '[]') <> '[]' AND
        coalesce(json_extract(reopenings, '$[#-1].round'), '') = {_round("key")} THEN 'rectify'
    WHEN {_round("verdict")} = '' THEN 'recheck'
    WHEN coalesce(reply, '') <> '' OR replied_on IS NOT NULL THEN 'close'
    ELSE 'reply' END"""
# Two ranges of the index on the status, so that what is closed costs nothing.
_OPEN = "(deleted_at = '' AND status < 'closed' OR deleted_at = '' AND status > 'closed')"
_SINCE = (
    f"CASE step WHEN 'rectify' THEN NULL WHEN 'recheck' THEN {_round('rectified_on')} "
    f"ELSE {_round('verified_on')} END"
)
_FINDINGS = f"""SELECT 'finding' AS kind, seq, due, nullif({_SINCE}, '') AS since,
    CASE WHEN step <> 'rectify' THEN step
        WHEN due < :today THEN 'overdue'
        WHEN due <= :warning THEN 'warning'
        WHEN due <= :reminder THEN 'reminder' END AS section
    FROM (SELECT seq, rounds, {_last("due_on")} AS due, {_STEP} AS step
        FROM finding WHERE {_OPEN})"""


def _dated(kind: str, column: str, status: str, section: str, until: str) -> str:
    """Return the records of a kind whose day lies no later than ``until``.

    A coarse date begins like its last day and so stands before it: the index finds a few too
    many, and none too few.
    """
    return (
        f"SELECT '{kind}', seq, {_last(column)} AS due, NULL, '{section}' FROM {kind} "
        f"WHERE deleted_at = '' AND status = '{status}' AND {column} <= {until} "
        f"AND {_last(column)} <= {until}"
    )


_PICKED = f"""WITH waiting AS MATERIALIZED (
    {_FINDINGS}
    UNION ALL {_dated("inspection", "planned_on", "planned", "planned", ":reminder")}
    UNION ALL {_dated("pledge", "valid_until", "published", "expiring", ":ending")}
    UNION ALL {_dated("rule", "review_by", "in_force", "review", ":ending")}
), placed AS (
    SELECT kind, seq, section, since, count(*) OVER (PARTITION BY section) AS total,
        row_number() OVER (PARTITION BY section ORDER BY
            iif(section IN ('recheck', 'reply', 'close'), since IS NULL, 0),
            iif(section IN ('recheck', 'reply', 'close'), since, due), due, seq) AS place
    FROM waiting WHERE section IS NOT NULL
)
SELECT section, total, kind, seq, since FROM placed WHERE place <= :shown ORDER BY section, place"""
_DUE = {
    "finding": "due_on",
    "inspection": "planned_on",
    "pledge": "valid_until",
    "rule": "review_by",
}


def sections(conn: sqlite3.Connection, today: date, shown: int) -> tuple[Section, ...]:
    """Return the sections that have something in them, each with its first ``shown`` matters."""
    picked = conn.execute(
        _PICKED,
        {
            "today": str(today),
            "warning": str(today + timedelta(days=WARNING_DAYS)),
            "reminder": str(today + timedelta(days=REMINDER_DAYS)),
            "ending": str(today + timedelta(days=ENDING_DAYS)),
            "shown": shown,
        },
    ).fetchall()
    matters = _read(conn, picked)
    totals = {row[0]: row[1] for row in picked}
    return tuple(
        Section(
            key,
            totals[key],
            tuple(
                matters[kind, seq] for section, _total, kind, seq, _s in picked if section == key
            ),
        )
        for key in SECTIONS
        if key in totals
    )


def _read(
    conn: sqlite3.Connection, picked: list[tuple[str, int, str, int, str | None]]
) -> dict[tuple[str, int], Matter]:
    since = {(kind, seq): waited for _section, _total, kind, seq, waited in picked}
    found = {}
    for kind, due in _DUE.items():
        wanted = [seq for one, seq in since if one == kind]
        # An inspection is of the department it looks at.
        department = "inspected_unit" if kind == "inspection" else "department"
        rows = conn.execute(
            f"SELECT seq, id, number, title, unit, {department}, person, {due} FROM {kind} "
            f"WHERE seq IN ({', '.join('?' * len(wanted))})",
            wanted,
        )
        for seq, record_id, number, title, unit, office, person, due_on in rows:
            found[kind, seq] = Matter(
                kind,
                record_id,
                number,
                title,
                unit,
                office or "",
                person or "",
                _date(due_on),
                _date(since[kind, seq]),
            )
    return found


def _date(kept: str | None) -> PartialDate | None:
    return PartialDate.parse(kept) if kept else None
