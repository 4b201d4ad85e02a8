"""Slips (督办单) and their numbers, which run through all findings of a ledger within a year."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

from sanyou_desktop.ledger import records
from sanyou_desktop.ledger.errors import Conflict
from sanyou_desktop.model.finding import Finding, Slip
from sanyou_desktop.model.supervision import PREFIX, issue
from sanyou_desktop.wording import _


def with_slip(conn: sqlite3.Connection, unit: str, finding_id: str, slip: Slip) -> Finding:
    """Return a finding with one slip more, which has the next number of the issuing ``unit``.

    Inside the caller's transaction; a number is taken only by a slip that is issued.

    Raises:
        Conflict: there is no such finding any more.
        Invalid: as ``supervision.issue`` says.
    """
    found = records.read(conn, finding_id)
    if not isinstance(found, Finding) or found.deleted_at:
        raise Conflict(_("要督办的问题已被删除，没有签发督办单。请刷新后重新选择。"))
    issued = issue(found, slip)
    last = issued.slips[-1]
    assert last.issued_on is not None
    year = last.issued_on.year
    assert year is not None
    numbered = replace(last, number=records.next_number(conn, unit, PREFIX, year))
    return replace(issued, slips=(*issued.slips[:-1], numbered))
