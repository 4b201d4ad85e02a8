"""The tokens themselves: what a ledger already holds must not be forgotten by newer code."""

from __future__ import annotations

from sanyou_desktop.ledger.pinyin import readings
from sanyou_desktop.ledger.search_entry import Entry
from sanyou_desktop.ledger.search_query import expression, in_title
from sanyou_desktop.ledger.search_terms import Reading, chinese_runs, fold, piece, runs, tokens
from sanyou_desktop.model.pledge import Pledge


def test_the_tokens_of_a_text() -> None:
    # Whoever changes this adds a migration that indexes every record again, as said at ``tokens``.
    texts = ["车队，A12", "派车来"]
    pieces = [piece(text) for text in texts]
    read = {run: Reading.of(readings(run)) for run in chinese_runs(pieces)}
    assert tokens(pieces, read).split() == [
        *("_1", "_12", "_a", "_c", "_ch", "_che", "_d", "_du", "_dui", "_l", "_la", "_lai"),
        *("_p", "_pa", "_pai"),
        *("_来", "_派", "_车", "_队"),
        *("~che.dui", "+cd", "~pai.che", "~che.lai", "+pcl", "+cl"),
        *("车队", "队", "a", "12", ".", "派车", "车来", "来", "."),
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


def test_a_packed_entry_makes_the_same_words_again() -> None:
    pledge = Pledge(
        number="CN-2026-0007", title="车辆接待", notes="曾志强😀、曾志强\n重庆；", tags=("A",)
    )
    entry = Entry.of("pledge", pledge)
    again = Entry.unpacked(entry.packed())
    assert again == entry
    assert again.words() == entry.words()
