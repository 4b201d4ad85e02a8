"""Running numbers: prefix of the kind, year, and a count from 1."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanyou_desktop.model.kinds import KINDS
from sanyou_desktop.model.numbering import (
    RunningNumber,
    format_number,
    last_of_each,
    running_number,
)


@given(
    st.sampled_from([kind.record.prefix for kind in KINDS.values()]),
    st.integers(1900, 2199),
    st.integers(1, 999_999_999),
)
def test_what_is_written_is_read_as_the_same_number(prefix: str, year: int, serial: int) -> None:
    number = format_number(prefix, year, serial)
    assert running_number(number) == RunningNumber(prefix, year, serial)


def test_a_number_has_four_digits_and_then_grows() -> None:
    assert format_number("CN", 2026, 7) == "CN-2026-0007"
    assert format_number("CN", 2026, 12345) == "CN-2026-12345"


@pytest.mark.parametrize(
    "text",
    [
        *("", "7", "莆机管〔2026〕3号", "cn-2026-0007", "CN-26-0007", "CN-2026-7", "CN-2026-0007 "),
        *("CN-2026-0007\n", "CN-２０２６-0007", "C-2026-0007", "CN-2026-" + "9" * 10),
    ],
)
def test_any_other_text_is_no_running_number(text: str) -> None:
    assert running_number(text) is None


def test_kinds_do_not_share_a_prefix() -> None:
    prefixes = [kind.record.prefix for kind in KINDS.values()]
    assert len(set(prefixes)) == len(prefixes)


def test_the_last_number_of_each_kind_and_year_stands_for_all_before_it() -> None:
    given = ["CN-2026-0007", "CN-2026-0011", "CN-2025-0030", "ZD-2026-0001", "自编-3"]
    assert sorted(last_of_each(given)) == ["CN-2025-0030", "CN-2026-0011", "ZD-2026-0001"]
