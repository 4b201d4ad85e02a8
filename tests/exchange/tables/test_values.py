"""What offices write into cells, as fields take it."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanyou_desktop.exchange.tables.values import (
    date_text,
    listed_lines,
    number_text,
    raw_of,
    rows_of,
)
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.fields import Refused, Rows
from sanyou_desktop.model.kinds import REPORTED, kind_of


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2006.7.24", "2006-07-24"),
        ("2006-7-24", "2006-07-24"),
        ("2006/7/24", "2006-07-24"),
        ("2006年7月24日", "2006-07-24"),
        ("2006年7月", "2006-07"),
        ("2006.7", "2006-07"),
        ("2006", "2006"),
        ("7月24日", "XXXX-07-24"),
        ("20060724", "2006-07-24"),
        ("２００６年７月２４日", "2006-07-24"),
        ("二〇〇六年七月二十四日", "2006-07-24"),
        ("二○○六年十月", "2006-10"),
        ("二零二六年十二月三十一日", "2026-12-31"),
        ("2006年7月24日（星期一）", "2006-07-24"),
        ("2006-07-24 14:51", "2006-07-24"),
        ("38922", "2006-07-24"),
    ],
)
def test_dates_in_every_form(text: str, read: str) -> None:
    assert str(PartialDate.parse(date_text(text))) == read


def test_a_days_number_of_1904_is_four_years_later() -> None:
    assert date_text("38922", is_1904=True) == "2010-07-25"


@pytest.mark.parametrize(
    "text", ["三月", "2006-13-01", "昨天", "06.7.24", "100000", "2006年上半年"]
)
def test_what_is_no_date_stays_as_it_is_and_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        kind_of("finding").fields["raised_on"].read(date_text(text))


@given(st.dates(date(1955, 1, 1), date(2090, 12, 31)))
def test_every_days_number_is_that_day(day: date) -> None:
    assert date_text(str((day - date(1899, 12, 30)).days)) == day.isoformat()
    assert date_text(str((day - date(1904, 1, 1)).days), is_1904=True) == day.isoformat() or (
        day < date(1904, 1, 1) + timedelta(days=20_000)
    )


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("120份", "120"),
        ("１２０", "120"),
        ("12,000", "12000"),
        ("三千", "3000"),
        ("98.5分", "98.5"),
        ("约120", "约120"),
        ("30多份", "30多份"),
        ("若干", "若干"),
    ],
)
def test_numbers_lose_their_unit_and_never_their_doubt(text: str, read: str) -> None:
    assert number_text(text) == read


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("status", "未整改", "open"),
        ("status", "已整改", "rectified"),
        ("status", "持续整改", "continuing"),
        ("status", "已办结", "closed"),
        ("severity", "重大", "critical"),
        ("source", "群众投诉", "complaint"),
        ("source", "上级督查", "superior"),
    ],
)
def test_the_words_of_offices_are_understood(key: str, text: str, value: str) -> None:
    field = kind_of("finding").fields[key]

    assert field.read(raw_of("finding", key, field, text)) == value


def test_every_word_of_offices_leads_to_an_option() -> None:
    from sanyou_desktop.exchange.tables.choice_words import _CALLED

    for place, words in _CALLED.items():
        kind, _dot, key = place.partition(".")
        field = kind_of(kind).fields[key]
        assert all(field.read(value) == value for value in words), place
        every = [word for texts in words.values() for word in texts.split()]
        assert len(every) == len(set(every)), place


def test_names_are_told_apart() -> None:
    field = kind_of("inspection").fields["inspectors"]

    for text in ("张三、李四", "张三，李四", "张三 李四", "张三;李四", "张三\n李四"):
        assert field.read(raw_of("inspection", "inspectors", field, text)) == ("张三", "李四")


def test_numbered_lines_become_rows() -> None:
    field = kind_of("pledge").fields["clauses"]
    assert isinstance(field, Rows)

    rows = rows_of(
        field, "1. 态度和蔼\n（二）答复及时（服务标准：当日；办理时限：1日）\n\n③ 2小时到场"
    )

    assert [{k: v for k, v in row.items() if k != "key"} for row in rows] == [
        {"text": "态度和蔼"},
        {"text": "答复及时", "standard": "当日", "time_limit": "1日"},
        {"text": "2小时到场"},
    ]


@given(st.lists(st.text("天地人a1", min_size=1), max_size=5))
def test_lines_without_numbers_stay(lines: list[str]) -> None:
    plain = [line for line in lines if not line[0].isdigit()]

    assert listed_lines("\n".join(plain)) == plain


@given(st.sampled_from(REPORTED), st.data(), st.text(max_size=40))
def test_whatever_stands_in_a_cell_is_read_or_refused(
    kind: str, data: st.DataObject, text: str
) -> None:
    key = data.draw(st.sampled_from(sorted(kind_of(kind).fields)))
    field = kind_of(kind).fields[key]

    raw = raw_of(kind, key, field, text)

    with suppress(Refused):
        assert field.read(field.write(field.read(raw))) == field.read(raw)
