"""The register of reports handed in: entered within the transaction that takes their records over.

The board reads of it what it needs and no more: a province has tens of thousands in a year.
"""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import date

from sanyou_desktop.ledger import records
from sanyou_desktop.ledger.undo import Step
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.periods import Period
from sanyou_desktop.model.report_request import period_between
from sanyou_desktop.model.submission import (
    ACCEPTED,
    RETURNED,
    SUPERSEDED,
    Submission,
    reported_for,
)
from sanyou_desktop.model.submission_board import Entry


def register(conn: sqlite3.Connection, unit: str, submission: Submission) -> list[Step]:
    """Put ``submission`` into the register of ``unit`` and return the steps, to be taken back.

    Inside the caller's transaction; the steps belong to the action that the caller undoes as one.
    Its status says what became of it: ``received``, or ``accepted`` where its records are taken
    over at the same time. It gets the next number and, without one, the next version.

    - The same report again (same unit, period and manifest, or the very same file counted for
      another period since) is not entered twice: it is accepted if it was only received or sent
      back, else nothing changes and no step is returned.
    - What the unit handed in before for the same period is superseded, unless that was made later
      than this: then this one is entered as superseded.

    Raises:
        Invalid: the submission breaks a rule of its kind; nothing was written.
    """
    every = _of_unit(conn, submission)
    earlier = [one for one in every if one.period == submission.period]
    same = [one for one in earlier if submission.manifest and one.manifest == submission.manifest]
    # The very same file, which somebody has counted for the period of a request since.
    same = same or [one for one in every if _is_the_file_of(one, submission)]
    if same:
        return _again(conn, same[-1], submission)
    version = submission.version or max((one.version or 1 for one in earlier), default=0) + 1
    is_outdated = any(_is_later(one, submission) for one in earlier)
    new = replace(
        submission,
        unit=unit,
        version=version,
        status=SUPERSEDED if is_outdated else submission.status,
    ).completed()
    replaced = [] if is_outdated else [one for one in earlier if one.status != SUPERSEDED]
    steps = [Step(one, records.write(conn, replace(one, status=SUPERSEDED))) for one in replaced]
    return [*steps, Step(None, records.write(conn, new))]


def entries(conn: sqlite3.Connection) -> list[Entry]:
    """Return what the board needs of every living submission, in the order of entry."""
    periods: dict[tuple[str | None, str | None], Period] = {}
    found = []
    for row in conn.execute(
        'SELECT id, reporter, reporter_name, "from", "to", status, received_on, returned_on '
        "FROM submission WHERE deleted_at = '' AND received_on IS NOT NULL ORDER BY seq"
    ):
        one, reporter, name, first, last, status, received, returned = row
        ends = (first or None, last or None)
        if ends not in periods:
            periods[ends] = period_between(
                *(PartialDate.parse(end) if end else None for end in ends)
            )
        found.append(
            Entry(
                one,
                reporter,
                name or reporter,
                periods[ends],
                status,
                date.fromisoformat(received),
                PartialDate.parse(returned).last() if returned else None,
            )
        )
    return found


def _again(conn: sqlite3.Connection, known: Submission, now: Submission) -> list[Step]:
    is_news = now.status == ACCEPTED and known.status not in (ACCEPTED, SUPERSEDED)
    if not is_news:
        return []
    return [Step(known, records.write(conn, replace(known, status=ACCEPTED)))]


def _is_later(one: Submission, other: Submission) -> bool:
    """Tell whether ``one`` surely was made after ``other``; sent back ones do not stand above."""
    if one.status == RETURNED:
        return False
    return bool(one.made_at and other.made_at and one.made_at > other.made_at)


def _is_the_file_of(one: Submission, other: Submission) -> bool:
    same = bool(other.manifest) and (one.manifest, one.made_at) == (other.manifest, other.made_at)
    return same and reported_for(other) in one.notes.splitlines()


def _of_unit(conn: sqlite3.Connection, submission: Submission) -> list[Submission]:
    """Return what is registered of this unit, the oldest first."""
    rows = conn.execute(
        "SELECT id FROM submission WHERE deleted_at = '' AND reporter = ? ORDER BY seq",
        (submission.reporter,),
    ).fetchall()
    found = (records.read(conn, row[0]) for row in rows)
    return [one for one in found if isinstance(one, Submission)]
