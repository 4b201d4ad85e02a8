"""发文字号 as GB/T 9704-2012 (7.2.5) writes it: 机关代字〔年份〕顺序号号."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanyou_desktop.model.document_number import corrected


@pytest.mark.parametrize(
    "number", ["莆机管〔2026〕3号", "国发〔2012〕9号", "闽政办〔2006〕123号", "榕委办发〔1999〕1号"]
)
def test_a_right_number_is_left_alone(number: str) -> None:
    assert corrected(number) is None
    assert corrected(f" {number} ") is None


@pytest.mark.parametrize(
    "written",
    [
        # Other brackets, or none.
        *("莆机管[2026]3号", "莆机管（2026）3号", "莆机管(2026)3号", "莆机管【2026】3号"),
        *("莆机管［2026］3号", "莆机管﹝2026﹞3号", "莆机管2026 3号"),
        # A serial with leading zeros (编虚位), with 第, without 号.
        *(
            "莆机管〔2026〕03号",
            "莆机管〔2026〕003号",
            "莆机管〔2026〕第3号",
            "莆机管〔2026〕第03号",
        ),
        *("莆机管〔2026〕3", "莆机管 〔 2026 〕 3 号", "莆机管〔２０２６〕３号"),
        *("莆机管《2026》3号", "莆机管{2026}3号", "莆机管<2026>3号", "莆机管﹝2026﹞第０３号"),
        *("莆机管〔2026年〕3号", "莆机管2026年第3号", "莆机管　２０２６－３号"),
        # Half the year.
        *("莆机管〔26〕3号", "莆机管(26)第03号", "莆机管［'26］3号"),
    ],
)
def test_usual_mistakes_are_corrected(written: str) -> None:
    assert corrected(written) == "莆机管〔2026〕3号"


@pytest.mark.parametrize(
    "text",
    [
        *("", "无", "莆机管", "2026", "〔2026〕3号", "莆机管26 3号", "莆机管〔2026〕号"),
        *("莆机管〔2026〕0号", "莆机管〔2026〕3号之一", "CN-2026-0007", "长" * 13 + "〔2026〕3号"),
    ],
)
def test_what_is_no_document_number_is_not_made_one(text: str) -> None:
    assert corrected(text) is None


def test_half_a_year_is_one_of_1950_to_2049() -> None:
    assert corrected("国办发[99]1号") == "国办发〔1999〕1号"
    assert corrected("国办发[49]1号") == "国办发〔2049〕1号"


def test_the_characters_of_the_issuer_are_left_alone() -> None:
    assert corrected("财税字[1999]3号") == "财税字〔1999〕3号"
    assert corrected("桂事管函2023321") == "桂事管函〔2023〕321号"


@given(
    st.text("莆闽机管办发政", min_size=1, max_size=6),
    st.integers(1900, 2099),
    st.integers(1, 99_999),
    st.sampled_from(["[]", "()", "（）", "【】", "〔〕"]),
    st.sampled_from(["", "0", "00", "第", "第0"]),
)
def test_a_correction_needs_no_second_one(
    issuer: str, year: int, serial: int, brackets: str, before: str
) -> None:
    written = f"{issuer}{brackets[0]}{year}{brackets[1]}{before}{serial}号"
    right = corrected(written) or written
    assert right == f"{issuer}〔{year}〕{serial}号"
    assert corrected(right) is None


@given(st.text(max_size=40))
def test_any_text_is_answered(text: str) -> None:
    better = corrected(text)
    assert better is None or corrected(better) is None
