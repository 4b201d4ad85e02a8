"""Numbers of slips run on, are unique, and none comes back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sanyou_desktop.ledger.errors import Conflict
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.finding import Finding, Slip
from sanyou_desktop.model.pledge import Pledge
from sanyou_desktop.model.problems import Invalid
from sanyou_desktop.model.rectification import close, recheck, rectify, reply
from sanyou_desktop.model.unit import Unit

UNIT = "350300"
DAY = date(2026, 3, 6)
SLIP = Slip(issued_on=PartialDate.of(DAY), demand="请整改", due_on=PartialDate(2026, 3, 11), key="")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.create(tmp_path / "台账.sanyou", Unit(code=UNIT, name="莆田市")) as ledger:
        yield ledger


def made(ledger: Ledger, title: str = "灯坏了") -> Finding:
    found = ledger.save(Finding(title=title, unit=UNIT)).record
    assert isinstance(found, Finding)
    return found


def slips(ledger: Ledger, *ids: str) -> list[str]:
    found = [ledger.get(one) for one in ids]
    return [slip.number for one in found if isinstance(one, Finding) for slip in one.slips]


def test_each_gets_the_next_number_of_the_year(ledger: Ledger) -> None:
    one, other = made(ledger).id, made(ledger).id
    changes = ledger.issue_slips([one, other], SLIP)
    assert changes.ids == {one, other}
    assert slips(ledger, one, other) == ["DB-2026-0001", "DB-2026-0002"]
    ledger.issue_slips([one], SLIP)
    later = replace(SLIP, issued_on=PartialDate(2027, 1, 4), due_on=PartialDate(2027, 1, 7))
    ledger.issue_slips([one], later)
    assert slips(ledger, one) == ["DB-2026-0001", "DB-2026-0003", "DB-2027-0001"]
    assert ledger.verify() == []


def test_a_number_that_was_taken_back_is_not_given_again(ledger: Ledger) -> None:
    one = made(ledger).id
    ledger.undo(ledger.issue_slips([one], SLIP).token)
    assert slips(ledger, one) == []
    ledger.issue_slips([one], SLIP)
    assert slips(ledger, one) == ["DB-2026-0002"]


def test_all_or_none_are_issued(ledger: Ledger) -> None:
    one, gone = made(ledger).id, made(ledger).id
    done = rectify(made(ledger), on=DAY, by="张三", rectification="已换")
    done = reply(recheck(done, on=DAY, by="李四", passed=True), on=DAY, text="已换")
    closed = ledger.save(close(done, on=DAY)).record.id
    ledger.delete([gone])
    other = ledger.save(Pledge(title="承诺", unit=UNIT)).record.id
    for bad, error in ((closed, Invalid), (gone, Conflict), (other, Conflict), ("无", Conflict)):
        with pytest.raises(error):
            ledger.issue_slips([one, bad], SLIP)
    assert slips(ledger, one) == []
    ledger.issue_slips([one], SLIP)
    assert slips(ledger, one) == ["DB-2026-0001"]
