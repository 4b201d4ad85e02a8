"""Changes are announced once they are made, and taken back in the order they were made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.job_strip import JobStrip
from sanyou_desktop.desktop.jobs import Cancelled, Progress
from sanyou_desktop.ledger.errors import Conflict, DiskFull
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.changes import Changes
from tests.desktop.conftest import Desk, pledge, settled


@pytest.fixture
def at(desk: Callable[..., Desk], few: Path) -> Desk:
    return desk(few)


@pytest.fixture
def owner() -> QObject:
    return QObject()


def save(qtbot: QtBot, at: Desk, owner: QObject, title: str, *, quiet: bool = False) -> None:
    at.session.operations.run(lambda ledger: ledger.save(pledge(title)), owner=owner, quiet=quiet)
    settled(qtbot, at.session)


def titles(at: Desk) -> set[str]:
    return {record.title for record in at.stored("pledge") if not record.deleted_at}


@dataclass(frozen=True)
class Long:
    """What a long piece of work came to."""

    changes: Changes


def test_a_long_change_is_announced_with_its_result(qtbot: QtBot, at: Desk, owner: QObject) -> None:
    acted: list[str] = []
    done: list[Long] = []
    at.session.operations.acted.connect(acted.append)

    def work(ledger: Ledger, progress: Progress) -> Long:
        progress(1, 2)
        return Long(ledger.save(pledge("久的")).changes)

    at.session.operations.run_long(work, done.append, owner=owner, failed=at.failures.append)
    settled(qtbot, at.session)
    assert acted == ["已新建承诺"]
    assert [bool(one.changes.token) for one in done] == [True]
    at.session.operations.undo()
    settled(qtbot, at.session)
    assert "久的" not in titles(at)


def test_a_long_change_that_is_stopped_changes_nothing(
    qtbot: QtBot, at: Desk, owner: QObject
) -> None:
    told: list[Exception] = []

    def work(ledger: Ledger, progress: Progress) -> Long:
        for step in count():
            progress(step, 10**9)
        raise AssertionError

    job = at.session.operations.run_long(work, lambda _long: None, owner=owner, failed=told.append)
    job.stop()
    settled(qtbot, at.session)
    assert [type(error) for error in told] == [Cancelled]


def test_a_change_is_announced_after_it_was_committed(
    qtbot: QtBot, at: Desk, owner: QObject
) -> None:
    seen: list[bool] = []
    acted: list[str] = []
    at.session.operations.changed.connect(lambda _changes: seen.append("新的" in titles(at)))
    at.session.operations.acted.connect(acted.append)
    save(qtbot, at, owner, "新的")
    assert seen == [True]
    assert acted == ["已新建承诺"]
    save(qtbot, at, owner, "安静的", quiet=True)
    assert acted == ["已新建承诺"]


def test_a_change_whose_view_is_gone_is_announced_all_the_same(qtbot: QtBot, at: Desk) -> None:
    owner = QObject()
    changed: list[Changes] = []
    done: list[object] = []
    at.session.operations.changed.connect(changed.append)
    at.session.operations.run(
        lambda ledger: ledger.save(pledge("新的")), owner=owner, done=done.append
    )
    owner.deleteLater()
    QCoreApplication.sendPostedEvents(owner, QEvent.Type.DeferredDelete.value)
    settled(qtbot, at.session)
    assert len(changed) == 1
    assert done == []


def test_undo_goes_back_one_after_the_other(qtbot: QtBot, at: Desk, owner: QObject) -> None:
    operations = at.session.operations
    before = titles(at)
    named: list[str] = []
    operations.undo_changed.connect(named.append)
    save(qtbot, at, owner, "第一")
    ids = [record.id for record in at.stored("pledge") if record.title == "第一"]
    operations.run(lambda ledger: ledger.delete(ids), owner=owner)
    settled(qtbot, at.session)
    assert operations.undo_text == named[-1] != ""

    operations.undo()
    settled(qtbot, at.session)
    assert titles(at) == before | {"第一"}
    operations.undo()
    settled(qtbot, at.session)
    assert titles(at) == before
    assert (operations.undo_text, named[-1]) == ("", "")
    operations.undo()
    settled(qtbot, at.session)
    assert titles(at) == before


@pytest.mark.parametrize(
    ("error", "is_kept"), [(DiskFull("满了"), True), (Conflict("变了"), False)]
)
def test_an_undo_that_failed_can_be_tried_again_if_that_may_help(
    qtbot: QtBot,
    at: Desk,
    owner: QObject,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    is_kept: bool,
) -> None:
    def refuse(_ledger: Ledger, *_given: object) -> Changes:
        raise error

    save(qtbot, at, owner, "新的")
    monkeypatch.setattr(Ledger, "undo", refuse)
    at.session.operations.undo()
    settled(qtbot, at.session)
    assert at.failures == [error]
    assert bool(at.session.operations.undo_text) is is_kept
    monkeypatch.undo()
    at.session.operations.undo()
    settled(qtbot, at.session)
    assert ("新的" in titles(at)) is not is_kept


def test_taking_much_back_can_be_stopped_and_begun_again(
    qtbot: QtBot, at: Desk, owner: QObject
) -> None:
    operations = at.session.operations
    before = titles(at)
    many = [pledge(f"第{number}件") for number in range(250)]
    operations.run(lambda ledger: ledger.save_many(many, "登记"), owner=owner)
    settled(qtbot, at.session)
    told: list[str] = []
    operations.told.connect(told.append)
    strip = JobStrip()
    qtbot.addWidget(strip)
    operations.at_work.connect(strip.follow)
    operations.undo()
    strip.cancel.click()
    settled(qtbot, at.session)
    assert told == ["已停止，台账没有改动。"]
    assert at.failures == []
    assert len(titles(at)) == len(before) + 250
    assert strip.isHidden()
    operations.undo()
    settled(qtbot, at.session)
    assert titles(at) == before
    assert "/ 250" in strip.text.text()


def test_a_failure_goes_to_who_asked_and_else_to_the_window(
    qtbot: QtBot, at: Desk, owner: QObject
) -> None:
    def refuse(_ledger: Ledger) -> Changes:
        raise DiskFull("满了")

    asked: list[Exception] = []
    at.session.operations.run(refuse, owner=owner, failed=asked.append)
    at.session.operations.run(refuse, owner=owner)
    settled(qtbot, at.session)
    assert [str(error) for error in asked] == ["满了"]
    assert [str(error) for error in at.failures] == ["满了"]
    assert at.session.operations.undo_text == ""
