"""What units hand in is registered once, in versions, and taken back with what it came with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.problems import Invalid
from sanyou_desktop.model.report_request import ReportRequest
from sanyou_desktop.model.submission import (
    ACCEPTED,
    RETURNED,
    SUPERSEDED,
    Comment,
    Submission,
    meant_for,
    send_back,
)
from sanyou_desktop.model.unit import Unit

OWN = Unit(code="350000", name="福建省机关事务管理局")
DAY = PartialDate.parse("2026-10-09")
AT = "2026-10-0{}T08:00:00.000Z"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.create(tmp_path / "台账.sytz", OWN) as ledger:
        yield ledger


def handed_in(manifest: str = "a1", made_at: str = AT.format(1), **given: Any) -> Submission:
    return replace(
        Submission(
            reporter="350300",
            reporter_name="莆田市机关事务管理局",
            from_=PartialDate.parse("2026-07"),
            to=PartialDate.parse("2026-09"),
            received_on=DAY,
            made_at=made_at,
            manifest=manifest,
            file_name="三季度.xlsx",
            rows=12,
        ),
        **given,
    )


def register(ledger: Ledger, *many: Submission) -> list[Submission]:
    for one in many:
        ledger.register_submission(one)
    return stored(ledger)


def stored(ledger: Ledger) -> list[Submission]:
    found = [one for one in ledger.records("submission") if isinstance(one, Submission)]
    return sorted(found, key=lambda one: one.version or 0)


def test_a_report_is_registered_under_the_receiver_with_number_and_title(ledger: Ledger) -> None:
    (one,) = register(ledger, handed_in())
    assert (one.unit, one.reporter, one.version) == ("350000", "350300", 1)
    assert one.number.startswith("DJ-")
    assert one.title == "莆田市机关事务管理局 2026年第三季度"
    assert ledger.verify() == []


def test_the_same_report_twice_is_one(ledger: Ledger) -> None:
    (first,) = register(ledger, handed_in(), handed_in())
    assert first.revision == 1
    (taken,) = register(ledger, handed_in(status=ACCEPTED))
    assert (taken.status, taken.revision) == (ACCEPTED, 2)
    assert register(ledger, handed_in(), handed_in(status=ACCEPTED)) == [taken]


def test_the_same_file_is_one_also_when_it_was_counted_for_another_period(ledger: Ledger) -> None:
    asked = ReportRequest(from_=PartialDate.parse("2026"), to=PartialDate.parse("2026"))
    (first,) = register(ledger, handed_in(status=ACCEPTED))
    counted = ledger.save(meant_for(first, asked)).record
    assert isinstance(counted, Submission)
    assert counted.title == "莆田市机关事务管理局 2026年"
    assert counted.notes == "原报期间：2026年第三季度"
    assert register(ledger, handed_in(status=ACCEPTED)) == [counted]
    # A later one of the unit's own period is another.
    assert len(register(ledger, handed_in("b2", AT.format(5)))) == 2


def test_a_later_report_takes_the_place_of_the_earlier_whatever_the_period_is_written_as(
    ledger: Ledger,
) -> None:
    later = handed_in("b2", AT.format(5), from_=PartialDate.parse("2026-07-01"))
    first, second = register(ledger, handed_in(), later)
    assert (first.status, second.status) == (SUPERSEDED, "received")
    assert (second.version, second.title) == (2, "莆田市机关事务管理局 2026年第三季度（第 2 次）")


def test_a_report_that_was_made_earlier_does_not_take_the_place_of_a_later_one(
    ledger: Ledger,
) -> None:
    register(ledger, handed_in("b2", AT.format(5), status=ACCEPTED))
    now, outdated = register(ledger, handed_in("a1", AT.format(1), status=ACCEPTED))
    assert (now.status, outdated.status) == (ACCEPTED, SUPERSEDED)


def test_another_period_and_another_unit_stand_for_themselves(ledger: Ledger) -> None:
    year = handed_in(from_=PartialDate.parse("2026"), to=PartialDate.parse("2026"))
    other = handed_in(reporter="350500")
    assert [one.status for one in register(ledger, handed_in(), year, other)] == ["received"] * 3


def test_what_was_sent_back_is_replaced_and_stays_known_as_sent_back(ledger: Ledger) -> None:
    (one,) = register(ledger, handed_in())
    ledger.save(send_back(one, (Comment(text="第 3 行日期不全"),), DAY))
    first, second = register(ledger, handed_in("b2", AT.format(5)))
    assert (first.status, first.returned_on, second.status) == (SUPERSEDED, DAY, "received")


def test_registering_is_taken_back_as_one(ledger: Ledger) -> None:
    register(ledger, handed_in(status=ACCEPTED))
    changes = ledger.register_submission(handed_in("b2", AT.format(5), status=ACCEPTED))
    ledger.undo(changes.token)
    (one,) = stored(ledger)
    assert (one.manifest, one.status) == ("a1", ACCEPTED)


def test_sending_back_asks_for_a_comment_and_a_replaced_one_cannot_be(ledger: Ledger) -> None:
    (one,) = register(ledger, handed_in())
    with pytest.raises(Invalid, match="退回要写明意见"):
        send_back(one, (), DAY)
    first, _second = register(ledger, handed_in("b2", AT.format(5)))
    with pytest.raises(Invalid, match="不能再改为"):
        send_back(first, (Comment(text="改"),), DAY)
    assert send_back(_second, (Comment(text="改"),), DAY).status == RETURNED


def test_the_board_reads_the_living_ones_with_their_periods(ledger: Ledger) -> None:
    (one,) = register(ledger, handed_in())
    ledger.save(send_back(one, (Comment(text="第 3 行日期不全"),), DAY))
    register(ledger, handed_in(reporter="350500"))
    gone = next(one for one in stored(ledger) if one.reporter == "350500")
    ledger.delete([gone.id])
    (entry,) = ledger.submission_entries()
    assert (entry.id, entry.reporter, entry.status) == (one.id, "350300", "returned")
    assert entry.period == one.period
    assert (entry.received_on, entry.returned_on) == (date(2026, 10, 9), date(2026, 10, 9))


_HANDED = st.tuples(st.integers(1, 6), st.sampled_from(["received", ACCEPTED]))


@settings(max_examples=25, deadline=None)
@given(st.lists(_HANDED, max_size=8))
def test_in_any_order_at_most_one_stands_and_it_is_the_latest(
    tmp_path_factory: pytest.TempPathFactory, many: list[tuple[int, str]]
) -> None:
    path = tmp_path_factory.mktemp("order") / "台账.sytz"
    with Ledger.create(path, OWN) as ledger:
        for day, status in many:
            register(ledger, handed_in(f"m{day}", AT.format(day), status=status))
        found = stored(ledger)
        assert len(found) == len({day for day, _status in many})
        standing = [one for one in found if one.stands]
        assert len(standing) == min(len(many), 1)
        if many:
            latest = max(day for day, _status in many)
            assert standing[0].manifest == f"m{latest}"
            taken = (latest, ACCEPTED) in many
            assert standing[0].status == (ACCEPTED if taken else "received")
        assert ledger.verify() == []
