"""Reports of one unit for periods that overlap tell the same, in whatever order they come."""

from __future__ import annotations

import random
from itertools import permutations
from pathlib import Path

import pytest

from sanyou_desktop.exchange.rollup import roll_up
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.incoming import State
from sanyou_desktop.model.kinds import REPORTED
from sanyou_desktop.model.record import Record
from sanyou_desktop.model.unit import Unit
from tests.exchange.rollup.conftest import PROVINCE, Reporter

PERIODS = (("2026-01", "2026-06"), ("2026-02", "2026-03"), ("2026-03", "2026-03"),
           ("2026-03", "2026-04"), ("2026", "2026"), ("", ""))  # fmt: skip


def activity(county: Reporter, month: int, title: str) -> Record:
    return county.add("activity", title=title, started_on=f"2026-{month:02d}-05", category="reform")


def living(ledger: Ledger) -> dict[str, tuple[str, str]]:
    """Return title and notes of the reported records by id."""
    return {one.id: (one.title, one.notes) for kind in REPORTED for one in ledger.records(kind)}


def rolled_up(path: Path, *runs: list[Path]) -> dict[str, tuple[str, str]]:
    """Roll up into a new ledger, a run after another."""
    with Ledger.create(path, Unit(code=PROVINCE.code, name=PROVINCE.name)) as ledger:
        for reports in runs:
            roll_up(ledger, reports)
        assert ledger.verify() == []
        return living(ledger)


def test_what_was_dropped_since_does_not_come_back_with_an_older_report_of_a_longer_period(
    superior: Reporter, county: Reporter
) -> None:
    dropped, kept = activity(county, 3, "三月的"), activity(county, 2, "二月的")
    half = county.report("2026-01", "2026-06")
    county.ledger.delete([dropped.id])
    march = county.report("2026-03", "2026-03")
    found = superior.roll_up(half, march)
    assert found.preview.counts[State.WITHDRAWN] == 1
    again = superior.roll_up(half, march)
    assert not again.preview.changes_anything
    assert list(living(superior.ledger)) == [kept.id]


def test_what_was_dropped_before_its_older_report_came_never_comes(
    superior: Reporter, county: Reporter
) -> None:
    dropped, kept = activity(county, 3, "三月的"), activity(county, 2, "二月的")
    half = county.report("2026-01", "2026-06")
    county.ledger.delete([dropped.id])
    superior.roll_up(county.report("2026-03", "2026-03"))
    superior.roll_up(half)
    assert list(living(superior.ledger)) == [kept.id]


def test_a_correction_that_comes_after_another_periods_report_withdraws_all_the_same(
    superior: Reporter, county: Reporter
) -> None:
    dropped, kept = activity(county, 1, "一月的"), activity(county, 2, "二月的")
    january = county.report("2026-01", "2026-01")
    county.ledger.delete([dropped.id])
    corrected = county.report("2026-01", "2026-01")
    superior.roll_up(january, county.report("2026-02", "2026-02"))
    found = superior.roll_up(corrected)
    assert found.preview.counts[State.WITHDRAWN] == 1
    assert list(living(superior.ledger)) == [kept.id]


def test_a_report_that_was_superseded_and_comes_again_is_nothing_new(
    superior: Reporter, county: Reporter
) -> None:
    made = county.add("pledge", person="陈建国")
    first = county.report()
    county.change(made.id, person="林芳")
    second = county.report()
    superior.roll_up(first, second)
    again = superior.roll_up(first, second)
    assert set(again.preview.counts) == {State.UNCHANGED}
    assert again.preview.left_out == ()


@pytest.mark.parametrize("seed", range(6))
def test_reports_of_a_units_life_tell_the_same_in_any_order(
    county: Reporter, tmp_path: Path, seed: int
) -> None:
    luck = random.Random(seed)
    reports = _life(county, luck)
    expected = rolled_up(tmp_path / "依次.sytz", *([one] for one in reports))
    orders = list(permutations(reports))
    for place, order in enumerate(luck.sample(orders, 4)):
        runs = [[one] for one in order] + [list(order)]
        assert rolled_up(tmp_path / f"{place}.sytz", *runs) == expected, [one.name for one in order]


def _life(county: Reporter, luck: random.Random, *, numbers: bool = False) -> list[Path]:
    """Let a unit enter, change, move, delete and restore records, and report now and then.

    With ``numbers``, it also lets them exchange their numbers.
    """
    records = [activity(county, luck.randint(1, 5), f"第 {place} 件").id for place in range(6)]
    reports = []
    for turn in range(10 if numbers else 4):
        for _step in range(3):
            _do(county, luck.choice(records), luck, turn)
        if numbers:
            _exchange(county, *luck.sample(records, 2))
        reports.append(county.report(*luck.choice(PERIODS)))
    return reports


def _exchange(county: Reporter, one_id: str, other_id: str) -> None:
    one, other = county.ledger.get(one_id), county.ledger.get(other_id)
    assert one is not None
    assert other is not None
    if not (one.deleted_at or other.deleted_at):
        county.change(one_id, number="空")
        county.change(other_id, number=one.number)
        county.change(one_id, number=other.number)


def _do(county: Reporter, record_id: str, luck: random.Random, turn: int) -> None:
    record = county.ledger.get(record_id)
    assert record is not None
    if record.deleted_at:
        county.ledger.restore([record_id])
    elif luck.random() < 0.4:
        county.ledger.delete([record_id])
    elif luck.random() < 0.5:
        county.change(record_id, notes=f"第 {turn} 轮")
    else:
        county.change(record_id, started_on=f"2026-{luck.randint(1, 5):02d}-09")


@pytest.mark.parametrize("seed", range(3, 6))
def test_runs_taken_back_from_the_last_to_the_first_leave_what_was_there_before_each(
    superior: Reporter, county: Reporter, seed: int
) -> None:
    luck = random.Random(seed)
    reports = _life(county, luck, numbers=True)
    luck.shuffle(reports)
    before: list[tuple[int, dict[str, object]]] = []
    for report in reports:
        held = _held(superior.ledger)
        found = roll_up(superior.ledger, [report])
        if found.changes.token:
            before.append((found.changes.token, held))
    assert before
    end = _held(superior.ledger)
    for token, held in reversed(before):
        superior.ledger.undo(token)
        assert _held(superior.ledger) == held
        assert superior.ledger.verify() == []
    for report in reports:
        roll_up(superior.ledger, [report])
    assert _held(superior.ledger) == end
    assert superior.ledger.verify() == []


def _held(ledger: Ledger) -> dict[str, object]:
    """Return all that the living reported records and units say, but for how often they changed."""
    apart = ("revision", "updated_at", "created_at")
    return {
        one.id: {key: value for key, value in one.to_json().items() if key not in apart}
        for kind in (*REPORTED, "unit")
        for one in ledger.records(kind)
    }
