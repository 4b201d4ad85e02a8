"""Quantities are read as people write them; what can be taken in two ways is not guessed at."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanyou_desktop.model.quantity import Quantity
from sanyou_desktop.model.quantity_words import parse_quantity


@pytest.mark.parametrize(
    ("words", "value", "qualifier", "unit"),
    [
        ("140多万元", "1400000", "over", "元"),
        ("283辆次", "283", "exact", "辆次"),
        ("12,000元", "12000", "exact", "元"),
        ("１２，０００ 元", "12000", "exact", "元"),
        ("1.5亿元", "150000000", "exact", "元"),
        ("3千万元", "30000000", "exact", "元"),
        ("近30个", "30", "nearly", "个"),
        ("将近30个", "30", "nearly", "个"),
        ("约3万人次", "30000", "about", "人次"),
        ("100人左右", "100", "about", "人"),
        ("30余项", "30", "over", "项"),
        ("十几人", "10", "over", "人"),
        ("50+场", "50", "over", "场"),
        ("80%以上", "80", "over", "%"),
        ("至少3次", "3", "over", "次"),
        (">=3次", "3", "over", "次"),
        ("不足20人", "20", "under", "人"),
        ("20人以下", "20", "under", "人"),
        ("≤20人", "20", "under", "人"),
        ("2006年", "2006", "exact", "年"),
        ("0.50", "0.50", "exact", ""),
    ],
)
def test_figures_are_read(words: str, value: str, qualifier: str, unit: str) -> None:
    assert parse_quantity(words) == Quantity(Decimal(value), qualifier, unit, words)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("十六项", 16),
        ("两次", 2),
        ("二十项", 20),
        ("一百零五人", 105),
        ("三百二", 320),
        ("三百二十人", 320),
        ("三万五千元", 35000),
        ("一亿二千万元", 120_000_000),
        ("二〇〇六年", 2006),
        ("一千零一夜", 1001),
    ],
)
def test_chinese_numerals_are_read(words: str, value: int) -> None:
    assert parse_quantity(words).value == value


@pytest.mark.parametrize(
    "words",
    [
        *("一大批", "若干", "一些", "一定数量", "一系列", "多次", "许多", "无"),
        *("三四十人", "三五人", "七八个", "一百几十人", "一百多十"),
        *("3-5人", "3至5人", "1人2次", "3 5", "第3名", "近期3次", "三分之一", "3.5.1", "3万五千"),
        *("一年半", "三百两", "一" * 60 + "人", "3" + "人" * 60, "9" * 40 + "亿元", "元"),
    ],
)
def test_what_holds_no_single_number_keeps_its_words(words: str) -> None:
    assert parse_quantity(words, unit="元") == Quantity(None, "exact", "元", words)


def test_a_unit_is_supplied_only_where_none_is_written() -> None:
    assert parse_quantity("3", unit="元").unit == "元"
    assert parse_quantity("3个", unit="元").unit == "个"


def test_pasted_spaces_and_breaks_become_one_space() -> None:
    assert parse_quantity("  12 \n 元 ") == Quantity(Decimal(12), "exact", "元", "12 元")


@given(st.text(max_size=30))
def test_any_words_are_kept_as_written(words: str) -> None:
    read = parse_quantity(words)
    assert read.as_written == " ".join(words.split()) or read.as_written.split() == words.split()
    assert read.value is None or read.value.is_finite()


@given(st.integers(0, 10**12))
def test_any_figure_is_read_with_or_without_grouping(number: int) -> None:
    assert parse_quantity(f"{number}元").value == number
    assert parse_quantity(f"{number:,}元").value == number


@given(st.integers(1, 99_999))
def test_any_chinese_numeral_is_read(number: int) -> None:
    assert parse_quantity(f"{in_chinese(number)}人").value == number


def in_chinese(number: int) -> str:
    """Return a number as it is said in full: 10305 is 一万零三百零五."""
    said = ""
    for step, name in ((10_000, "万"), (1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, step)
        if digit:
            said += "零一二三四五六七八九"[digit] + name
        elif said and not said.endswith("零") and number:
            said += "零"
    return said
