"""What the page says of values and changes."""

from __future__ import annotations

from decimal import Decimal

import pytest

from sanyou_desktop.model.indicators import INDICATORS, Change, Value
from sanyou_desktop.model.indicators.words import change_tone, change_words, value_words
from sanyou_desktop.model.quantity import Total

BY_KEY = {indicator.key: indicator for indicator in INDICATORS}


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("findings_raised", 1204, "1,204"),
        ("rectification_rate", Decimal("83.3"), "83.3%"),
        ("satisfaction_index", Decimal("91.7"), "91.7"),
        ("rectification_rate", None, "—"),
        (
            "money_invested",
            Total(Decimal(1400000), "元", 1, 0, "over"),
            "≥1,400,000 元(含 1 项约数)",
        ),
    ],
)
def test_values(key: str, value: Value, words: str) -> None:
    assert value_words(BY_KEY[key], value) == words


@pytest.mark.parametrize(
    ("key", "difference", "rate", "words", "tone"),
    [
        ("findings_overdue", "4", "50.0", "▲ 4（+50.0%）", "bad"),
        ("findings_overdue", "-4", "-50.0", "▼ 4（-50.0%）", "good"),
        ("findings_overdue", "4", None, "▲ 4", "bad"),
        ("findings_raised", "4", "50.0", "▲ 4（+50.0%）", ""),
        ("rectification_rate", "-2.5", None, "▼ 2.5 个百分点", "bad"),
        ("satisfaction_index", "2.5", None, "▲ 2.5", "good"),
        ("money_invested", "-12000.5", "-0.1", "▼ 12,000.5（-0.1%）", ""),
        ("findings_raised", "0", "0.0", "持平", ""),
    ],
)
def test_changes(key: str, difference: str, rate: str | None, words: str, tone: str) -> None:
    change = Change(0, Decimal(difference), None if rate is None else Decimal(rate))
    assert change_words(BY_KEY[key], change) == words
    assert change_tone(BY_KEY[key], change) == tone


def test_no_change_is_known() -> None:
    assert change_words(BY_KEY["findings_raised"], None) == "—"
    assert change_tone(BY_KEY["findings_raised"], None) == ""
