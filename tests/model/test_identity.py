"""Ids are UUIDs of version 7 (RFC 9562), in the order in which they were made."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from uuid import RFC_4122, UUID

import pytest

from sanyou_desktop.model.fields import Identifier
from sanyou_desktop.model.identity import new_id


def milliseconds(made: str) -> int:
    """Return the time in an id: its first 48 bits (RFC 9562, section 5.7)."""
    return UUID(made).int >> 80


def test_an_id_says_its_version_variant_and_time() -> None:
    before = time.time_ns() // 1_000_000
    made = UUID(new_id())
    assert made.version == 7
    assert made.variant == RFC_4122
    assert before <= milliseconds(str(made)) <= time.time_ns() // 1_000_000 + 1


def test_ids_sort_in_the_order_in_which_they_were_made() -> None:
    made = [new_id() for _ in range(20_000)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)


def test_ids_of_several_threads_differ() -> None:
    with ThreadPoolExecutor(4) as threads:
        made = list(threads.map(lambda _: new_id(), range(4000)))
    assert len(set(made)) == len(made)


def test_a_clock_that_is_set_back_does_not_break_the_order(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = new_id()
    monkeypatch.setattr(time, "time_ns", lambda: 0)
    after = [new_id() for _ in range(5000)]
    assert [before, *after] == sorted([before, *after])
    assert {UUID(made).version for made in after} == {7}
    assert {UUID(made).variant for made in after} == {RFC_4122}


def test_an_id_is_written_as_the_field_wants_it() -> None:
    made = new_id()
    assert Identifier("").read(made) == made
