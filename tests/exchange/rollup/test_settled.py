"""A file of which all was taken is known by its bytes, and not read again as long as that holds."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Generator, Sequence
from pathlib import Path

import pytest

from sanyou_desktop.exchange import rollup
from sanyou_desktop.exchange.rollup import roll_up
from sanyou_desktop.exchange.rollup_reading import (
    Preparing,
    ReadReport,
    Unreadable,
    read_reports,
)
from sanyou_desktop.model.incoming import Part, State
from tests.exchange.rollup.conftest import MakeUnit, Reporter, saved_again

Read = list[str]


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Read:
    """Return the names of the files that were read."""
    names: Read = []

    def watched(
        paths: Sequence[Path], preparing: Preparing | None
    ) -> Generator[ReadReport | Unreadable, None, None]:
        names.extend(path.name for path in paths)
        return read_reports(paths, preparing)

    monkeypatch.setattr(rollup, "read_reports", watched)
    return names


@pytest.fixture
def again(superior: Reporter, read: Read) -> Callable[..., dict[State, int]]:
    """Return what rolls up and tells what came; ``read`` names what was read for it alone."""

    def run(*reports: Path, rehearsal: bool = False) -> dict[State, int]:
        read.clear()
        return dict(roll_up(superior.ledger, reports, rehearsal=rehearsal).preview.counts)

    return run


def test_the_same_bytes_are_not_read_again_whatever_they_are_called(
    superior: Reporter, county: Reporter, read: Read, again: Callable[..., dict[State, int]]
) -> None:
    county.add("pledge")
    report = county.report()
    assert again(report) == {State.NEW: 2}
    assert read == [report.name]
    for rehearsal in (True, False):
        assert again(report, rehearsal=rehearsal) == {State.UNCHANGED: 2}
        assert read == []
    copy = Path(shutil.copy(report, report.with_name("另一个名字.xlsx")))
    county.add("pledge", title="又一条")
    newer = county.report()
    found = roll_up(superior.ledger, [copy, newer])
    assert read == [newer.name]
    assert [file.name for file in found.files] == [newer.name, copy.name]
    assert found.preview.counts == {State.NEW: 1, State.UNCHANGED: 4}
    assert len(superior.ledger.rollups()) == 2


def test_a_file_with_anything_open_is_read_again(
    superior: Reporter, county: Reporter, read: Read, again: Callable[..., dict[State, int]]
) -> None:
    made = county.add("pledge", person="陈建国")
    again(county.report())
    county.change(made.id, person="林芳")
    superior.change(made.id, person="黄强")
    report = county.report()
    for _time in range(2):
        assert again(report)[State.CONFLICTING] == 1
        assert read == [report.name]
    roll_up(superior.ledger, [report], choices={(county.code, made.id, Part("person")): "mine"})
    # Decided: nothing is open any more, though it was so when the file was first met.
    assert again(report) == {State.UNCHANGED: 2}
    assert read == []
    stray = saved_again(county.report(), lambda book: book["承诺"].append(["手工添加"]))
    for _time in range(2):
        again(stray)
        assert read == [stray.name]


def test_what_was_taken_back_since_is_read_again(
    superior: Reporter, county: Reporter, read: Read, again: Callable[..., dict[State, int]]
) -> None:
    county.add("pledge")
    first = roll_up(superior.ledger, [county.report()])
    repeated = county.report()
    assert again(repeated) == {State.UNCHANGED: 2}
    assert again(repeated) == {State.UNCHANGED: 2}
    assert read == []
    superior.ledger.undo(first.changes.token)
    assert list(superior.ledger.records("pledge")) == []
    assert again(repeated)[State.NEW] >= 1
    assert read == [repeated.name]
    assert len(list(superior.ledger.records("pledge"))) == 1


def test_a_unit_that_was_deleted_comes_back_with_its_report(
    superior: Reporter, county: Reporter, read: Read, again: Callable[..., dict[State, int]]
) -> None:
    report = county.report()
    again(report)
    (unit,) = [one for one in superior.ledger.units() if one.code == county.code]
    superior.ledger.delete([unit.id])
    assert again(report) == {State.NEW: 1}
    assert read == [report.name]


def test_what_is_taken_back_as_a_whole_is_new_again(
    superior: Reporter, unit: MakeUnit, read: Read, again: Callable[..., dict[State, int]]
) -> None:
    reports = [unit(f"35078{place}", f"第{place}县局").report() for place in range(3)]
    found = roll_up(superior.ledger, reports)
    superior.ledger.undo(found.changes.token)
    assert again(*reports) == {State.NEW: 3}
    assert again(*reports) == {State.UNCHANGED: 3}
    assert read == []


def test_after_another_roll_up_was_taken_back_a_file_is_read_once_more_and_not_each_time(
    superior: Reporter,
    county: Reporter,
    unit: MakeUnit,
    read: Read,
    again: Callable[..., dict[State, int]],
) -> None:  # fmt: skip - one thing
    report = county.report()
    again(report)
    later = roll_up(superior.ledger, [unit("350700", "南平市机关事务管理局").report()])
    superior.ledger.undo(later.changes.token)
    runs = len(superior.ledger.rollups())
    assert again(report) == {State.UNCHANGED: 1}
    assert read == [report.name]
    assert again(report) == {State.UNCHANGED: 1}
    assert read == []
    assert len(superior.ledger.rollups()) == runs
    assert superior.ledger.verify() == []
