"""New records written many at once are written as one after another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from sanyou_desktop.ledger.accepted import Copy
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.prepared import Prepared, prepared
from sanyou_desktop.ledger.rollup_run import RollupRun
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.finding import Finding
from sanyou_desktop.model.inspection import Inspection
from sanyou_desktop.model.pledge import Pledge
from sanyou_desktop.model.record import Attachment, Record
from sanyou_desktop.model.unit import Unit

COUNTY, AT = "350783", "2026-11-28T08:00:00.000Z"
TABLES = ("record", "pledge", "inspection", "finding", "history", "search_source", "accepted",
          "rollup_step")  # fmt: skip


class _Stop(Exception):
    """Ends a run, of which nothing stays."""


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    path = tmp_path_factory.mktemp("prepared") / "省.sytz"
    with Ledger.create(path, Unit(code="350000", name="省机关事务管理局")) as ledger:
        ledger.save(Pledge(id=_id(0), unit=COUNTY, number="N-0", title="原有的"))
        yield ledger


def _id(place: int) -> str:
    return f"01900000-0000-7000-8000-{place:012d}"


def _made(kind: str, place: int, number: int, lead: int, file: int) -> Prepared:
    """Return a record; what it leads to may be there, come, be of another kind, or nowhere."""
    common: dict[str, Any] = {
        "id": _id(place), "unit": COUNTY, "number": f"N-{number}", "title": f"第 {place} 条",
        "attachments": (Attachment(name="照片", sha256=f"{file:064d}", size=9),) if file else (),
    }  # fmt: skip
    record: Record
    if kind == "finding":
        record = Finding(**common, inspection=_id(lead), severity="minor", measure="立即整改")
    elif kind == "inspection":
        record = Inspection(**common, inspected_on=PartialDate.parse("2026-03-01"))
    else:
        record = Pledge(**common)
    found = prepared(record, AT)
    assert found is not None
    return found


MADE = some.lists(
    some.builds(
        _made,
        some.sampled_from(["pledge", "inspection", "finding", "finding"]),
        some.integers(0, 7),
        some.integers(0, 7),
        some.integers(0, 9),
        some.integers(0, 2),
    ),
    max_size=10,
)


@contextmanager
def _tried(ledger: Ledger) -> Iterator[RollupRun]:
    """Open a run of which nothing stays."""
    with suppress(_Stop), ledger.rolling_up() as run:
        yield run
        raise _Stop


def _held(ledger: Ledger, groups: Sequence[Sequence[Prepared]]) -> list[Any]:
    """Return which of them were written, a group at a time, and what the tables hold then."""
    with _tried(ledger) as run:
        written = [one for group in groups for one in sorted(_take(run, group))]
        found: list[Any] = [sorted(written), run.written]
        asked = [f"SELECT * FROM {table} ORDER BY 1, 2" for table in TABLES]
        asked += ["SELECT what FROM elsewhere WHERE what NOT IN (SELECT id FROM record) ORDER BY 1"]
        found += [run._conn.execute(sql).fetchall() for sql in asked]
    return found


def _take(run: RollupRun, group: Sequence[Prepared]) -> frozenset[str]:
    return run.take_prepared(COUNTY, [(one, Copy(1, one.id)) for one in group])


@given(MADE)
def test_together_as_one_by_one(ledger: Ledger, made: list[Prepared]) -> None:
    # Of one file, in which no id comes twice.
    made = list({one.id: one for one in made}.values())
    assert _held(ledger, [made]) == _held(ledger, [[one] for one in made])


def test_what_cannot_be_written_leaves_the_others_alone(ledger: Ledger) -> None:
    there, twice, wrong = (
        _made("pledge", 1, 0, 9, 0), _made("pledge", 3, 2, 9, 0), _made("finding", 4, 4, 0, 0)
    )  # fmt: skip
    good, later = _made("pledge", 2, 2, 9, 0), _made("finding", 5, 5, 9, 1)
    with _tried(ledger) as run:
        assert _take(run, [there, good, twice, wrong, later]) == {good.id, later.id}
        away = [row[0] for row in run._conn.execute("SELECT what FROM elsewhere ORDER BY 1")]
        assert away == [f"{1:064d}", _id(9)]
