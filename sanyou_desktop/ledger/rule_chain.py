"""The versions of a rule: what it replaces, what replaces it, however far (废改立)."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any

from sanyou_desktop.model.edtf import PartialDate

# UNION, not UNION ALL: a rule that was met is not followed again, so that a ring of rules from
# an older file or another unit's workbook ends too.
_CHAIN = """
WITH RECURSIVE linked(id) AS (
    SELECT ?
    UNION
    SELECT rule.replaces FROM rule JOIN linked ON rule.id = linked.id
    WHERE rule.replaces <> '' AND rule.deleted_at = ''
    UNION
    SELECT rule.id FROM rule JOIN linked ON rule.replaces = linked.id
    WHERE rule.deleted_at = ''
)
SELECT rule.id, number, title, version, doc_number, status, issued_on, effective_on,
       repealed_on, replaces
FROM rule JOIN linked ON rule.id = linked.id WHERE deleted_at = ''
"""


@dataclass(frozen=True)
class RuleVersion:
    """One rule of a chain; ``place`` counts from 0, the oldest, and is shared by branches."""

    id: str
    number: str
    title: str
    version: str
    doc_number: str
    status: str
    issued_on: PartialDate | None
    effective_on: PartialDate | None
    repealed_on: PartialDate | None
    replaces: str
    place: int = 0


def chain(conn: sqlite3.Connection, rule_id: str) -> list[RuleVersion]:
    """Return the living rules linked to one by replacing or being replaced, oldest first."""
    rows = conn.execute(_CHAIN, (rule_id,)).fetchall()
    replaces = {row[0]: row[9] for row in rows}
    found = [_version(row, _place(row[0], replaces)) for row in rows]
    found.sort(key=lambda item: (item.place, str(item.effective_on or ""), item.number))
    return found


def _version(row: tuple[Any, ...], place: int) -> RuleVersion:
    rule_id, number, title, version, doc_number, status, *dates, replaces = row
    issued, effective, repealed = (_day(text) for text in dates)
    return RuleVersion(
        rule_id,
        number,
        title,
        version,
        doc_number,
        status,
        issued,
        effective,
        repealed,
        replaces,
        place,
    )  # fmt: skip - as in the query


def _day(text: str | None) -> PartialDate | None:
    return PartialDate.parse(text) if text else None


def _place(rule_id: str, replaces: dict[str, str]) -> int:
    """Return how many rules were there before, as far as they are known and no ring."""
    before = {rule_id}
    following = replaces[rule_id]
    while following in replaces and following not in before:
        before.add(following)
        following = replaces[following]
    return len(before) - 1
