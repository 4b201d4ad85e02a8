"""What must be seen to on a day, of all records at once: ``model.agenda.section_of`` as SQL.

One statement sorts everything into sections, counts them and picks the first of each; only what
is shown is then read. Closed findings are never looked at.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date, timedelta
from functools import total_ordering

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
# One unit's records, or everybody's.
_WHOSE = "(:unit = '' OR unit = :unit)"
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
        FROM finding WHERE {_OPEN} AND {_WHOSE})"""


def _dated(kind: str, column: str, status: str, section: str, until: str) -> str:
    """Return the records of a kind whose day lies no later than ``until``.

    A coarse date begins like its last day and so stands before it: the index finds a few too
    many, and none too few.
    """
    return (
        f"SELECT '{kind}' AS kind, seq, {_last(column)} AS due, NULL AS since, "
        f"'{section}' AS section FROM {kind} "
        f"WHERE deleted_at = '' AND status = '{status}' AND {column} <= {until} "
        f"AND {_last(column)} <= {until} AND {_WHOSE}"
    )


# Where each section is found, and what its lines are sorted by.
_STEPS = ("recheck", "reply", "close")
_LEVELS = ("overdue", "warning", "reminder")
_DATED = {
    "planned": _dated("inspection", "planned_on", "planned", "planned", ":reminder"),
    "expiring": _dated("pledge", "valid_until", "published", "expiring", ":ending"),
    "review": _dated("rule", "review_by", "in_force", "review", ":ending"),
}


def _first(section: str) -> str:
    """Return the first lines of a section; what waits for longest, or ends first, leads."""
    source = section if section in _DATED else f"findings WHERE section = '{section}'"
    by = "since IS NULL, since, due, seq" if section in _STEPS else "due, seq"
    return (
        f"SELECT * FROM (SELECT section, kind, seq, due, since, 0 AS total FROM {source} "
        f"ORDER BY {by} LIMIT :shown)"
    )


_COUNTED = " UNION ALL ".join(
    f"SELECT '{section}', '', NULL, NULL, NULL, count(*) FROM {section}" for section in _DATED
)
_TABLES = ", ".join(f"{name} AS MATERIALIZED ({select})" for name, select in _DATED.items())
# Counting and taking the first by window functions would sort everything, which takes five times
# as long as finding it.
_PICKED = f"""WITH findings AS MATERIALIZED ({_FINDINGS}), {_TABLES}
SELECT section, '' AS kind, NULL AS seq, NULL AS due, NULL AS since, count(*) AS total
    FROM findings WHERE section IS NOT NULL GROUP BY section
UNION ALL {_COUNTED}
UNION ALL {" UNION ALL ".join(_first(section) for section in (*_LEVELS, *_STEPS, *_DATED))}"""
_DUE = {
    "finding": "due_on",
    "inspection": "planned_on",
    "pledge": "valid_until",
    "rule": "review_by",
}


def sections(
    conn: sqlite3.Connection, today: date, shown: int, unit: str = ""
) -> tuple[Section, ...]:
    """Return the sections that have something in them, each with its first ``shown`` matters.

    Those of ``unit`` alone where one is given.
    """
    found = conn.execute(
        _PICKED,
        {
            "today": str(today),
            "warning": str(today + timedelta(days=WARNING_DAYS)),
            "reminder": str(today + timedelta(days=REMINDER_DAYS)),
            "ending": str(today + timedelta(days=ENDING_DAYS)),
            "shown": shown,
            "unit": unit,
        },
    ).fetchall()
    totals = {row[0]: row[5] for row in found if row[2] is None}
    picked = sorted(_Picked(*row[:5]) for row in found if row[2] is not None)
    matters = _read(conn, picked)
    return tuple(
        Section(
            key,
            totals[key],
            tuple(matters[one.kind, one.seq] for one in picked if one.section == key),
        )
        for key in SECTIONS
        if totals.get(key)
    )


@total_ordering
@dataclass(frozen=True)
class _Picked:
    """One line to be read; in the order of its section."""

    section: str
    kind: str
    seq: int
    due: str | None
    since: str | None

    def _place(self) -> tuple[bool, str, str, int]:
        waits = self.section in _STEPS
        return waits and not self.since, self.since or "", self.due or "", self.seq

    def __lt__(self, other: _Picked) -> bool:
        return self._place() < other._place()


def _read(conn: sqlite3.Connection, picked: list[_Picked]) -> dict[tuple[str, int], Matter]:
    since = {(one.kind, one.seq): one.since for one in picked}
    found = {}
    for kind, due in _DUE.items():
        wanted = [one.seq for one in picked if one.kind == kind]
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
