"""The tokens themselves: what a ledger already holds must not be forgotten by newer code."""

from __future__ import annotations

from sanyou_desktop.ledger.search_query import expression, in_title
from sanyou_desktop.ledger.search_terms import fold, runs, tokens


def test_the_tokens_of_a_text() -> None:
    # Whoever changes this adds a migration that indexes every record again: queries made by new
    # code do not find what old code wrote.
    assert tokens(["车队，A12", "派车"]).split() == [
        *("_1", "_12", "_a", "_c", "_ch", "_che", "_d", "_du", "_dui", "_p", "_pa", "_pai"),
        *("_派", "_车", "_队"),
        *("~che.dui", "+cd", "~pai.che", "+pc"),
        *("车队", "队", "a", "12", ".", "派车", "车", "."),
    ]


def test_folding_makes_one_of_what_looks_alike() -> None:
    assert fold("ＡＢ１２，Ｃafe\u0301") == "ab12,café"
    assert fold("车\ufe0f\u200d辆") == "车辆"
    assert fold("共1,400,000元、1,40") == "共1400000元、1,40"


def test_runs_part_chinese_letters_and_digits() -> None:
    assert [run for _, run in runs("2026年5月gb50015-2019年😀")] == [
        *("2026", "年", "5", "月", "gb", "50015", "2019", "年😀"),
    ]


def test_expressions_quote_every_token() -> None:
    assert expression("车辆接待") == '"车辆 辆接 接待"'
    assert expression("车") == '"_车"'
    assert expression("第3号") == '"第 3 号" *'
    assert in_title(expression("车辆接 2026")) == '"^车辆 ^辆接" AND "^2026" *'
