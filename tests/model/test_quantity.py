"""A quantity keeps what it does not know, and a total says what it hides."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanyou_desktop.model.fields import Refused
from sanyou_desktop.model.quantity import (
    LARGEST,
    QUALIFIERS,
    Quantity,
    Total,
    plain,
    quantity_value,
    total,
)
from sanyou_desktop.model.quantity_words import parse_quantity

VALUES = st.decimals(-LARGEST, LARGEST, places=4)
QUANTITIES = st.builds(
    Quantity,
    value=st.none() | VALUES,
    qualifier=st.sampled_from(sorted(QUALIFIERS)),
    unit=st.sampled_from(["元", "辆次", "个", ""]),
    as_written=st.sampled_from(["140多万元", "一大批", "283辆次"]),
)


@given(QUANTITIES)
def test_what_is_written_is_read_as_the_same_quantity(quantity: Quantity) -> None:
    written = json.loads(json.dumps(quantity.to_json()))
    assert Quantity.kept(written) == quantity
    assert Quantity.from_json(written) == quantity


def test_a_value_is_written_as_a_plain_decimal_string() -> None:
    assert Quantity(Decimal("1.40E+6"), "over", "元", "140多万元").to_json() == {
        "value": "1400000",
        "qualifier": "over",
        "unit": "元",
        "as_written": "140多万元",
    }
    assert Quantity(None, "exact", "", "一大批").to_json()["value"] is None


def test_words_that_are_missing_are_made_of_the_parts() -> None:
    assert Quantity.from_json({"value": "1400000", "qualifier": "over"}, "元").as_written == (
        "≥1,400,000 元"
    )
    assert Quantity.from_json({"value": 30, "qualifier": "about", "unit": "个"}).as_written == (
        "约 30 个"
    )
    assert Quantity.from_json({"value": 0.5}).as_written == "0.5"


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ({"amount": 3}, "数量中没有「amount」这一项"),
        ({"value": 3, "qualifier": "roughly"}, "限定应为 exact/over/about/nearly/under，现为"),
        ({"value": "三"}, "应为数字，现为「三」"),
        ({"value": "1_000"}, "应为数字"),
        ({"value": "1e16"}, r"最大 1000000000000000、最多 10 位小数，现为「1e16」"),
        ({"value": "0.12345678901"}, "最多 10 位小数"),
        ({"value": float("nan")}, "应为数字"),
        ({"value": float("inf")}, "应为数字"),
        ({"value": []}, "应为数字"),
    ],
)
def test_a_part_that_is_wrong_is_refused_with_what_is_wanted(
    raw: dict[str, Any], message: str
) -> None:
    with pytest.raises(Refused, match=message):
        Quantity.from_json(raw)


@pytest.mark.parametrize("raw", [None, ""])
def test_no_number_is_not_zero(raw: object) -> None:
    assert quantity_value(raw) is None


@pytest.mark.parametrize(
    ("number", "shown"),
    [("12000", "12000"), ("0.50", "0.5"), ("1E+3", "1000"), ("-0", "0"), ("0.00", "0")],
)
def test_a_number_is_shown_with_the_digits_it_has(number: str, shown: str) -> None:
    assert plain(Decimal(number)) == shown


# Totals


def test_the_money_of_the_article() -> None:
    found = total([parse_quantity("140多万元")], "元")
    assert str(found) == "≥1,400,000 元(含 1 项约数)"


def test_the_vehicles_of_the_article() -> None:
    assert str(total([parse_quantity("派车 283辆次"), parse_quantity("283辆次")], "辆次")) == (
        "283 辆次"
    )


@pytest.mark.parametrize(
    ("summands", "shown"),
    [
        ([], "0 元"),
        (["12,000元", "500.50元"], "12,500.5 元"),
        (["100元", "200多元"], "≥300 元(含 1 项约数)"),
        (["近30元", "不足20元"], "≤50 元(含 2 项约数)"),
        (["约30元", "约20元"], "约 50 元(含 2 项约数)"),
        (["30多元", "不足20元"], "约 50 元(含 2 项约数)"),
        (["100元", "一大批"], "100 元(另 1 项无数字)"),
        (["100多元", "一大批", "若干"], "≥100 元(含 1 项约数，另 2 项无数字)"),
    ],
)
def test_a_total_says_what_it_hides(summands: list[str], shown: str) -> None:
    assert str(total((parse_quantity(words, unit="元") for words in summands), "元")) == shown


def test_quantities_of_another_unit_are_not_added() -> None:
    found = total([parse_quantity("3个"), parse_quantity("5元")], "元")
    assert found == Total(Decimal(5), "元", 0, 0, "exact")


@given(st.lists(QUANTITIES, max_size=6))
def test_a_total_is_exact_only_if_all_its_summands_are(quantities: list[Quantity]) -> None:
    found = total(quantities, "元")
    counted = [item for item in quantities if item.unit == "元" and item.value is not None]
    assert found.value == sum((item.value for item in counted if item.value), Decimal(0))
    assert found.inexact == sum(item.qualifier != "exact" for item in counted)
    assert (found.qualifier == "exact") == (found.inexact == 0)


@given(st.lists(QUANTITIES, max_size=6), st.randoms())
def test_the_order_of_the_summands_does_not_matter(quantities: list[Quantity], chance: Any) -> None:
    shuffled = list(quantities)
    chance.shuffle(shuffled)
    assert total(shuffled, "元") == total(quantities, "元")
