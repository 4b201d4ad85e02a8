"""What becomes of records on which both the unit and its superior worked between two reports."""

from __future__ import annotations

from datetime import datetime, tzinfo
from pathlib import Path
from typing import Self

import pytest

from sanyou_desktop.exchange import report_workbook
from sanyou_desktop.model.fields import Json
from sanyou_desktop.model.incoming import Part, State
from sanyou_desktop.model.pledge import Pledge
from sanyou_desktop.model.record import Record
from tests.exchange.rollup.conftest import MakeUnit, Reporter
from tests.exchange.stored import contents


def now(reporter: Reporter, record: Record) -> Record:
    found = reporter.ledger.get(record.id)
    assert found is not None
    return found


def whole(report: Path) -> str:
    return b"".join(contents(report.read_bytes()).values()).decode()


def values(record: Record, *keys: str) -> tuple[Json, ...]:
    written = record.to_json()
    return tuple(written[key] for key in keys)


def test_a_conflict_comes_again_until_somebody_decides_it(
    superior: Reporter, county: Reporter
) -> None:
    made = county.add("pledge", person="陈建国")
    superior.roll_up(county.report())
    county.change(made.id, person="林芳", notes="已公示")
    superior.change(made.id, person="黄强")
    report = county.report()
    for _time in range(2):
        found = superior.roll_up(report)
        (row,) = found.preview.of(State.CONFLICTING)
        (change,) = [one for one in row.changes if one.conflicting]
        assert (change.part, change.base, change.mine, change.theirs) == (
            Part("person"), "陈建国", "黄强", "林芳",
        )  # fmt: skip
        assert values(now(superior, made), "person", "notes") == ("黄强", "已公示")


@pytest.mark.parametrize(("choice", "person"), [("mine", "黄强"), ("theirs", "林芳")])
def test_a_decision_is_remembered_until_one_side_changes_again(
    superior: Reporter, county: Reporter, choice: str, person: str
) -> None:
    made = county.add("pledge", person="陈建国")
    superior.roll_up(county.report())
    county.change(made.id, person="林芳")
    superior.change(made.id, person="黄强")
    report = county.report()
    choices = {(county.code, made.id, Part("person")): choice}
    superior.roll_up(report, choices=choices)
    assert values(now(superior, made), "person") == (person,)
    county.change(made.id, notes="又补充")
    for again in (report, county.report()):
        found = superior.roll_up(again)
        assert State.CONFLICTING not in found.preview.counts
        assert values(now(superior, made), "person") == (person,)
    county.change(made.id, person="周敏")
    last = superior.roll_up(county.report())
    kept = choice == "mine"
    assert (State.CONFLICTING in last.preview.counts) == kept
    assert values(now(superior, made), "person") == (person if kept else "周敏",)


def test_undoing_a_roll_up_forgets_its_decisions(superior: Reporter, county: Reporter) -> None:
    made = county.add("pledge", person="陈建国")
    superior.roll_up(county.report())
    county.change(made.id, person="林芳")
    superior.change(made.id, person="黄强")
    report = county.report()
    choices = {(county.code, made.id, Part("person")): "theirs"}
    decided = superior.roll_up(report, choices=choices)
    superior.ledger.undo(decided.changes.token)
    assert values(now(superior, made), "person") == ("黄强",)
    assert State.CONFLICTING in superior.roll_up(report).preview.counts


def test_rows_of_a_record_merge_cell_by_cell(superior: Reporter, county: Reporter) -> None:
    clause: dict[str, Json] = {"key": "a", "text": "随叫随到", "time_limit": "30 分钟"}
    made = county.add("pledge", clauses=[clause])
    superior.roll_up(county.report())
    county.change(made.id, clauses=[clause | {"time_limit": "20 分钟"}, {"text": "全年无休"}])
    superior.change(made.id, clauses=[clause | {"standard": "零差错"}])
    found = superior.roll_up(county.report())
    assert found.preview.counts[State.CHANGED] == 1
    merged = now(superior, made)
    assert isinstance(merged, Pledge)
    first, second = merged.clauses
    assert (first.time_limit, first.standard, second.text) == ("20 分钟", "零差错", "全年无休")


def test_an_older_report_after_a_newer_one_takes_nothing_back(
    superior: Reporter, county: Reporter
) -> None:
    made = county.add("pledge", person="陈建国")
    deleted = county.add("pledge", title="旧承诺")
    old = county.report()
    county.change(made.id, person="林芳")
    county.ledger.delete([deleted.id])
    superior.roll_up(county.report())
    found = superior.roll_up(old)
    (left,) = found.preview.left_out
    assert "旧，没有接收" in left.reason
    assert values(now(superior, made), "person") == ("林芳",)
    assert superior.ledger.get(deleted.id) is None


def test_a_unit_whose_clock_was_wrong_can_still_report(
    superior: Reporter, county: Reporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = county.add("pledge", person="陈建国")
    with monkeypatch.context() as wrong:
        wrong.setattr(report_workbook, "datetime", _FarAhead)
        superior.roll_up(county.report())
    county.change(made.id, person="林芳")
    found = superior.roll_up(county.report())
    assert found.preview.left_out == ()
    assert values(now(superior, made), "person") == ("林芳",)


class _FarAhead(datetime):
    """A clock that somebody set to another century."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        return cls(2199, 1, 1, tzinfo=tz)


def test_an_older_report_of_a_longer_period_brings_only_what_is_missing(
    superior: Reporter, county: Reporter
) -> None:
    march = county.add("pledge", published_on="2026-03-01", person="陈建国")
    april = county.add("pledge", title="四月承诺", published_on="2026-04-01")
    year = county.report("2026-01", "2026-12")
    county.change(march.id, person="林芳")
    superior.roll_up(county.report("2026-03", "2026-03"))
    found = superior.roll_up(year)
    assert found.preview.counts[State.NEW] == 1
    assert values(now(superior, march), "person") == ("林芳",)
    assert superior.ledger.get(april.id) is not None


def test_what_a_unit_reports_no_more_is_withdrawn_and_comes_back(
    superior: Reporter, county: Reporter
) -> None:
    kept = county.add("pledge")
    dropped = county.add("pledge", title="撤回的承诺")
    superior.roll_up(county.report())
    county.ledger.delete([dropped.id])
    found = superior.roll_up(county.report())
    (row,) = found.preview.of(State.WITHDRAWN)
    assert row.title == "撤回的承诺"
    assert now(superior, dropped).deleted_at
    assert not now(superior, kept).deleted_at
    county.ledger.restore([dropped.id])
    again = superior.roll_up(county.report())
    (back,) = again.preview.of(State.NEW)
    assert "从回收站恢复" in back.notes[0]
    assert not now(superior, dropped).deleted_at
    assert superior.ledger.verify() == []


def test_a_record_outside_the_period_is_not_withdrawn(superior: Reporter, county: Reporter) -> None:
    march = county.add("pledge", published_on="2026-03-01")
    superior.roll_up(county.report())
    county.add("pledge", title="四月承诺", published_on="2026-04-01")
    found = superior.roll_up(county.report("2026-04", "2026-04"))
    assert State.WITHDRAWN not in found.preview.counts
    assert not now(superior, march).deleted_at


def test_a_withdrawal_of_what_was_changed_here_is_a_conflict(
    superior: Reporter, county: Reporter
) -> None:
    made = county.add("pledge")
    superior.roll_up(county.report())
    superior.change(made.id, notes="上级批注")
    county.ledger.delete([made.id])
    report = county.report()
    found = superior.roll_up(report, rehearsal=True)
    (row,) = found.preview.of(State.CONFLICTING)
    assert row.changes[0].part == Part("")
    key = (county.code, made.id, Part(""))
    superior.roll_up(report, choices={key: "theirs"})
    assert now(superior, made).deleted_at


def test_a_record_deleted_here_stays_deleted_until_its_unit_changes_it(
    superior: Reporter, county: Reporter
) -> None:
    made = county.add("pledge")
    superior.roll_up(county.report())
    superior.ledger.delete([made.id])
    found = superior.roll_up(county.report())
    assert set(found.preview.counts) == {State.UNCHANGED}
    assert now(superior, made).deleted_at
    county.change(made.id, notes="补充")
    report = county.report()
    (row,) = superior.roll_up(report).preview.of(State.CONFLICTING)
    assert row.changes[0].part == Part("")
    superior.roll_up(report, choices={(county.code, made.id, Part("")): "theirs"})
    back = now(superior, made)
    assert (back.deleted_at, back.notes) == ("", "补充")


def test_a_confidential_record_is_withdrawn_with_its_unit_marking_it(
    superior: Reporter, county: Reporter
) -> None:
    made = county.add("pledge")
    superior.roll_up(county.report())
    county.change(made.id, confidential="internal")
    superior.roll_up(county.report())
    assert now(superior, made).deleted_at


def test_what_a_unit_marked_is_named_no_longer_in_its_superiors_report(
    superior: Reporter, county: Reporter
) -> None:
    made = county.add("inspection", title="机房门禁突击检查")
    county.add("finding", inspection=made.id)
    superior.roll_up(county.report())
    assert "机房门禁突击检查" in whole(superior.report())
    county.change(made.id, confidential="internal")
    superior.roll_up(county.report())
    assert now(superior, made).deleted_at
    assert "机房门禁突击检查" not in whole(superior.report())


def test_a_unit_that_renumbers_its_records_is_followed(
    superior: Reporter, county: Reporter
) -> None:
    one = county.add("pledge", number="CN-1")
    two = county.add("pledge", number="CN-2")
    superior.roll_up(county.report())
    county.change(one.id, number="CN-3")
    county.change(two.id, number="CN-1")
    county.change(one.id, number="CN-2")
    found = superior.roll_up(county.report())
    assert State.INVALID not in found.preview.counts
    assert values(now(superior, one), "number") == ("CN-2",)
    assert values(now(superior, two), "number") == ("CN-1",)
    assert superior.ledger.verify() == []


def test_a_city_relays_its_counties_and_they_speak_for_themselves(
    superior: Reporter, unit: MakeUnit
) -> None:
    city = unit("350700", "南平市机关事务管理局", superior="350000")
    county = unit("350783", superior="350700")
    made = county.add("pledge", person="陈建国")
    city.roll_up(county.report())
    relayed = city.report()
    superior.roll_up(relayed)
    assert values(now(superior, made), "unit", "person") == ("350783", "陈建国")
    county.change(made.id, person="林芳")
    direct = county.report()
    found = superior.roll_up(direct)
    assert State.CONFLICTING not in found.preview.counts
    assert values(now(superior, made), "person") == ("林芳",)
    stale = superior.roll_up(relayed)
    assert State.CONFLICTING not in stale.preview.counts
    assert values(now(superior, made), "person") == ("林芳",)
