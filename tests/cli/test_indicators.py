"""The command ``indicators``: numbers as JSON, by period, by unit, by theme."""

from __future__ import annotations

import json
from pathlib import Path

from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.repeat_window import keep_repeat_days
from tests.cli.conftest import Within
from tests.cli.run import line


def fill(within: Within, ledger: Path) -> None:
    secret = {"title": "机密问题", "confidential": "secret", "raised_on": "2026-02-01"}
    findings = (
        line(title="积水", raised_on="2025-12-31", themes=["environment"]),
        line(title="积水", raised_on="2026-01-01", themes=["environment", "service"]),
        line(title="漏检", raised_on="2026", source="complaint"),
        line(**secret),
    )
    assert within("add", ledger, "finding", given="".join(findings)).status == 0
    money = line(title="投入", started_on="2026-03", amount="140多万元")
    assert within("add", ledger, "activity", given=money).status == 0


def read(within: Within, *arguments: object) -> dict[str, object]:
    done = within("indicators", *arguments)
    assert done.status == 0, done.err
    found = json.loads(done.out)
    assert isinstance(found, dict)
    return found


def test_a_year_with_the_year_before(within: Within, ledger: Path) -> None:
    fill(within, ledger)
    found = read(within, ledger, "--from", "2026", "--to", "2026")
    assert (found["from"], found["to"]) == ("2026-01-01", "2026-12-31")
    numbers = found["indicators"]
    assert isinstance(numbers, dict)
    raised = numbers["findings_raised"]
    assert raised["value"] == 3
    assert raised["before"] == {"value": 1, "difference": 2, "percent": 200}
    assert numbers["complaints"]["value"] == 1
    assert numbers["money_invested"]["value"]["text"] == "≥1,400,000 元(含 1 项约数)"
    assert numbers["satisfaction_rate"]["value"] is None


def test_what_cannot_be_placed_is_told(within: Within, ledger: Path) -> None:
    fill(within, ledger)
    found = read(within, ledger, "--from", "2026-01", "--to", "2026-01")
    numbers = found["indicators"]
    assert isinstance(numbers, dict)
    assert (numbers["findings_raised"]["value"], numbers["findings_raised"]["unclear"]) == (1, 1)
    assert (numbers["complaints"]["value"], numbers["complaints"]["unclear"]) == (0, 1)


def test_without_dates_everything_counts(within: Within, ledger: Path) -> None:
    fill(within, ledger)
    found = read(within, ledger)
    numbers = found["indicators"]
    assert isinstance(numbers, dict)
    assert (found["from"], found["before"]) == (None, None)
    assert (numbers["findings_raised"]["value"], numbers["findings_raised"]["unclear"]) == (4, 0)
    assert numbers["findings_raised"]["before"] is None


def test_by_theme_and_by_unit(within: Within, ledger: Path) -> None:
    fill(within, ledger)
    found = read(within, ledger, "--by", "theme")
    groups = found["groups"]
    assert isinstance(groups, list)
    raised = {one["theme"]: one["indicators"]["findings_raised"]["value"] for one in groups}
    assert raised == {"": 2, "environment": 2, "service": 1}
    units = read(within, ledger, "--by", "unit")["groups"]
    assert isinstance(units, list)
    (unit,) = units
    assert (unit["unit"], unit["name"]) == ("350300", "莆田市机关事务管理局")
    assert unit["indicators"]["findings_raised"]["value"] == 4


def test_no_text_of_a_record_is_printed(within: Within, ledger: Path) -> None:
    fill(within, ledger)
    printed = within("indicators", ledger, "--by", "unit").out
    assert "机密" not in printed
    assert "积水" not in printed


def test_refusals(within: Within, ledger: Path) -> None:
    assert (
        "早于起始日期" in within("indicators", ledger, "--from", "2026", "--to", "2025").refused()
    )
    assert within("indicators", ledger, "--by", "month").status == 2
    assert within("indicators", ledger.with_name("没有.sytz")).status == 1


def test_repeats_are_counted_within_the_days_chosen_for_the_ledger(
    within: Within, ledger: Path
) -> None:
    days = ("2026-01-05", "2026-03-20")
    given = "".join(line(title="积水", place="一楼", raised_on=day) for day in days)
    assert within("add", ledger, "finding", given=given).status == 0
    for chosen, counted in ((180, 1), (30, 0), (90, 1)):
        with Ledger.open(ledger) as opened:
            keep_repeat_days(opened, chosen)
        found = read(within, ledger, "--from", "2026", "--to", "2026", "--by", "unit")
        assert found["repeat_days"] == chosen
        groups = found["groups"]
        assert isinstance(groups, list)
        for one in (found, *groups):
            assert one["indicators"]["repeat_findings"]["value"] == counted
