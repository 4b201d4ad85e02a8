"""Each indicator by its formula, on numbers small enough to check in the head."""

from __future__ import annotations

from decimal import Decimal

import pytest

from sanyou_desktop.model.indicators import INDICATORS, Tallies, readings
from sanyou_desktop.model.indicators.as_json import as_json
from sanyou_desktop.model.indicators.finding_facts import LastRound, on_time, standing
from sanyou_desktop.model.quantity import Total

BY_KEY = {indicator.key: indicator for indicator in INDICATORS}


@pytest.mark.parametrize(
    ("key", "tallies", "value"),
    [
        ("fulfilment_rate", Tallies(kept=5, partly=1, broken=2), "62.5"),
        ("score_rate", Tallies(points=Decimal("87.5"), base=Decimal(100)), "87.5"),
        ("pass_rate", Tallies(passed=2, failed=1), "66.7"),
        ("rectification_rate", Tallies(raised=12, settled=9), "75.0"),
        ("on_time_rate", Tallies(due=8, on_time=7), "87.5"),
        ("replied_rate", Tallies(raised=3, replied=2), "66.7"),
        ("return_rate", Tallies(distributed=200, answered=181), "90.5"),
        ("satisfaction_rate", Tallies(content=170, rated=180), "94.4"),
        ("satisfaction_index", Tallies(weighted=Decimal(16500), rated=180), "91.7"),
    ],
)
def test_rates(key: str, tallies: Tallies, value: str) -> None:
    assert BY_KEY[key].value(tallies) == Decimal(value)


def test_what_is_undefined_is_never_0() -> None:
    of_nothing = {key: one.value(Tallies()) for key, one in BY_KEY.items() if one.shape != "count"}
    assert set(of_nothing.values()) == {None}
    assert all(one.value(Tallies()) == 0 for one in INDICATORS if one.shape == "count")


def test_money_says_what_it_hides() -> None:
    of = BY_KEY["money_invested"].value
    assert str(of(Tallies(money=Decimal(1400000), sums=1, over=1))) == "≥1,400,000 元(含 1 项约数)"
    mixed = of(Tallies(money=Decimal(30), sums=3, over=1, under=1, wordy=2))
    assert mixed == Total(Decimal(30), "元", 2, 2, "about")


def test_changes_against_the_period_before_and_the_year_before() -> None:
    found = {
        reading.indicator.key: reading
        for reading in readings(
            Tallies(raised=12, settled=9), Tallies(raised=8, settled=4), Tallies()
        )
    }
    raised, rate = found["findings_raised"], found["rectification_rate"]
    assert raised.before is not None
    assert (raised.before.difference, raised.before.rate) == (
        Decimal(4),
        Decimal("50.0"),
    )
    # From nothing there is no percentage, and to an undefined rate there is no way.
    assert raised.year_before is not None
    assert (raised.year_before.difference, raised.year_before.rate) == (Decimal(12), None)
    assert rate.before is not None
    assert (rate.before.difference, rate.before.rate) == (Decimal("25.0"), None)
    assert rate.year_before is None


def test_a_stock_is_not_compared_with_a_day_that_knows_less() -> None:
    (rules,) = (
        reading
        for reading in readings(Tallies(rules=10), Tallies(rules=1, rules_unclear=9), Tallies())
        if reading.indicator.key == "rules_in_force"
    )
    assert rules.before is None
    assert rules.year_before is not None


def test_json_has_every_indicator_and_its_formula() -> None:
    found = as_json(readings(Tallies(kept=2, partly=1), Tallies(kept=1, broken=1)))
    assert list(found) == list(BY_KEY)
    assert found["fulfilment_rate"]["value"] == 66.7
    assert found["fulfilment_rate"]["before"] == {
        "value": 50,
        "difference": 16.7,
        "percent": None,
    }
    assert "部分兑现只计入分母" in found["fulfilment_rate"]["formula"]
    assert found["money_invested"]["value"] is None


def test_keys_and_titles_are_each_given_once() -> None:
    assert len(BY_KEY) == len(INDICATORS) == len({one.title for one in INDICATORS})
    assert all(one.formula and one.value.__doc__ for one in INDICATORS)


def test_a_finding_counts_as_done_only_after_a_passed_check() -> None:
    passed = LastRound("2026-03-01", "2026-03-02", "passed")
    assert standing("rectified", passed, "") == (True, True, "2026-03-01")
    assert standing("rectified", passed._replace(verdict="failed"), "") == (False, False, "")
    assert standing("rectified", LastRound("2026-03-01"), "") == (True, False, "2026-03-01")
    assert standing("continuing", passed, "") == (False, False, "")
    assert standing("closed", LastRound(), "2026-04") == (True, True, "2026-04")


def test_in_time_to_the_precision_of_both_dates() -> None:
    assert on_time("2026-03-15", "2026-03-15") is True
    assert on_time("2026-03-16", "2026-03-15") is False
    assert on_time("2026-03", "2026-03-15") is None
    assert on_time("2026-03-15", "2026-03") is True
    assert on_time("", "2026-03") is None
