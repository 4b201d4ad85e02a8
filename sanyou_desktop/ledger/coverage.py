"""覆盖: pledges that no inspection checks, rules that nothing cites, themes without a record.

An inspection checks a pledge if a finding from it is against the pledge, or if one of its items
reads as a clause or the title of the pledge, or its checklist is named as the pledge: a list that
was made into clauses and into items has the same words in both. Inspections count that were held
and may lie in the period. A rule is cited if a finding is against it, or if another record names
it in 《》 or by its document number.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sanyou_desktop.ledger.connection import snapshot
from sanyou_desktop.ledger.counting.sums import Scope
from sanyou_desktop.model.citations import SIGNS, Citations, plain_texts
from sanyou_desktop.model.indicators.calendar import Calendar
from sanyou_desktop.model.kinds import REPORTED, kind_of
from sanyou_desktop.model.periods import Period
from sanyou_desktop.model.record import THEMES

# Where rules are cited: kind and its columns, JSON columns as the text they are.
_CITING = (
    ("pledge", ("statement", "clauses")),
    ("rule", ("basis", "text")),
    ("inspection", ("scheme", "items", "conclusion")),
    ("finding", ("description", "measure")),
    ("scheme", ("purpose", "entries")),
    ("activity", ("narrative", "outcome")),
)
_HELD = "status IN ('done', 'closed')"


@dataclass(frozen=True)
class Uncovered:
    """A record that something is missing for."""

    id: str
    number: str
    title: str


@dataclass(frozen=True)
class Coverage:
    """What is covered and what is not.

    Attributes:
        pledges: how many pledges are published; ``unchecked`` of them no inspection checks.
        rules: how many rules are in force; ``uncited`` of them nothing cites.
        themes: by theme and kind, the records that surely lie in the period.
    """

    pledges: int
    unchecked: tuple[Uncovered, ...]
    rules: int
    uncited: tuple[Uncovered, ...]
    themes: dict[str, dict[str, int]]

    @property
    def bare_themes(self) -> tuple[str, ...]:
        """The themes that no record of the period carries."""
        return tuple(theme for theme, kinds in self.themes.items() if not any(kinds.values()))


def coverage(conn: sqlite3.Connection, period: Period, today: date, scope: Scope) -> Coverage:
    """Look at one period; the scope's unit and theme choose pledges, rules and records."""
    calendar = Calendar([period], today)
    with snapshot(conn):
        pledges = _pledges(conn, scope)
        checked = _checked(conn, calendar, scope)
        rules = _chosen(conn, "rule", "status IN ('in_force', 'revising')", scope, "doc_number")
        against = {row[0] for row in _rows(conn, "finding", "against", "against <> ''", scope)}
        citations = _citations(conn, scope)
        themes = _themes(conn, calendar, scope)
    return Coverage(
        len(pledges),
        tuple(found for found, words in pledges if not checked & ({found.id} | words)),
        len(rules),
        tuple(
            found
            for found, doc_number in rules
            if found.id not in against and not citations.cites(found.id, found.title, doc_number)
        ),
        themes,
    )


def _pledges(conn: sqlite3.Connection, scope: Scope) -> list[tuple[Uncovered, set[str]]]:
    """Return the published pledges with the words that an inspection would know them by."""
    found = []
    for pledge, clauses in _chosen(conn, "pledge", "status = 'published'", scope, "clauses"):
        texts = [str(row.get("text") or "") for row in json.loads(clauses or "[]")]
        found.append((pledge, set(plain_texts([pledge.title, *texts]))))
    return found


def _checked(conn: sqlite3.Connection, calendar: Calendar, scope: Scope) -> set[str]:
    """Return the words of the inspections held, and the ids of pledges found broken by them."""

    def lies(day: str | None) -> bool:
        marks = calendar.marks(day)
        return bool(marks.inside | marks.unclear)

    words: set[str] = set()
    for day, scheme in _rows(conn, "inspection", "DISTINCT inspected_on, scheme", _HELD, scope):
        if lies(day):
            words.update(plain_texts([scheme or ""]))
    items = _rows(
        conn,
        "inspection, json_each(items) AS row",
        "DISTINCT inspected_on, row.value ->> 'item'",
        _HELD,
        scope,
    )
    for day, text in items:
        if lies(day):
            words.update(plain_texts([text or ""]))
    broken = conn.execute(
        "SELECT DISTINCT held.inspected_on, finding.against FROM finding "
        "JOIN inspection AS held ON held.id = finding.inspection "
        "WHERE finding.deleted_at = '' AND held.deleted_at = '' AND finding.against <> '' "
        "AND held.status IN ('done', 'closed')"
    )
    return words | {pledge for day, pledge in broken if lies(day)}


def _citations(conn: sqlite3.Connection, scope: Scope) -> Citations:
    found = Citations()
    for kind, columns in _CITING:
        whole = " || ' ' || ".join(f"ifnull({column}, '')" for column in columns)
        cites = " OR ".join(f"instr({whole}, '{sign}') > 0" for sign in SIGNS)
        for owner, text in _rows(conn, kind, f"id, {whole}", f"({cites})", scope):
            found.read(owner, text)
    return found


def _themes(
    conn: sqlite3.Connection, calendar: Calendar, scope: Scope
) -> dict[str, dict[str, int]]:
    found = {theme.value: dict.fromkeys(REPORTED, 0) for theme in THEMES}
    for kind in REPORTED:
        rows = _themed(conn, kind, "row.value, count(*)", scope, after="GROUP BY 1, 2")
        for written, theme, count in rows:
            if theme in found and calendar.marks(written).inside:
                found[theme][kind] += count
    return found


def themed_ids(
    conn: sqlite3.Connection, kind: str, theme: str, period: Period, today: date, scope: Scope
) -> set[str]:
    """Return the ids of the records of a kind that are counted under a theme in a period."""
    calendar = Calendar([period], today)
    rows = _themed(conn, kind, f"row.value, {kind}.id", scope)
    return {one for day, found, one in rows if found == theme and calendar.marks(day).inside}


def _themed(
    conn: sqlite3.Connection, kind: str, wanted: str, scope: Scope, after: str = ""
) -> Iterator[tuple[Any, ...]]:
    """Yield the day by which periods select each record of a kind, once for each of its themes."""
    day = kind_of(kind).record.occurred
    source = f"{kind}, json_each(themes) AS row"
    return _rows(conn, source, f"{day}, {wanted}", "1", scope, after)


def _chosen(
    conn: sqlite3.Connection, kind: str, condition: str, scope: Scope, column: str
) -> list[tuple[Uncovered, str]]:
    """Return records of a kind by number, each with one more column."""
    theme = "instr(themes, :theme) > 0" if scope.theme else "1"
    rows = _rows(
        conn,
        kind,
        f"id, number, title, {column}",
        f"{condition} AND {theme}",
        scope,
        after="ORDER BY number, id",
    )
    return [(Uncovered(*row[:3]), row[3] or "") for row in rows]


def _rows(
    conn: sqlite3.Connection,
    source: str,
    wanted: str,
    condition: str,
    scope: Scope,
    after: str = "",
) -> Iterator[tuple[Any, ...]]:
    unit = " AND unit = :unit" if scope.unit else ""
    yield from conn.execute(
        f"SELECT {wanted} FROM {source} WHERE deleted_at = '' AND {condition}{unit} {after}",
        scope.values,
    )
