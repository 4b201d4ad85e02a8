"""Work in the background: in order, cancelled at will, and never told to who is gone."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QThread
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.jobs import Cancelled, Errands, Job, Jobs, Progress
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.query import Query
from tests.desktop.conftest import pledge

PATIENCE = 20.0


class Gate:
    """Holds a lane until the test opens it; tells when the work stands before it."""

    def __init__(self) -> None:
        self.reached, self.opened = threading.Event(), threading.Event()

    def wait(self, *_given: object) -> str:
        self.reached.set()
        assert self.opened.wait(PATIENCE)
        return "through"

    def open_once_reached(self) -> None:
        assert self.reached.wait(PATIENCE)
        self.opened.set()


@pytest.fixture
def jobs(qtbot: QtBot, few: Path, tmp_path: Path) -> Iterator[Jobs]:
    path = tmp_path / "few.sytz"
    path.write_bytes(few.read_bytes())
    made = Jobs(Ledger.open(path), Ledger.open(path, read_only=True))
    yield made
    made.close()


@pytest.fixture
def errands(qtbot: QtBot) -> Iterator[Errands]:
    made = Errands()
    yield made
    made.close()


@pytest.fixture
def owner() -> QObject:
    return QObject()


def _note(into: list[tuple[str, int]], entry: tuple[str, int], _given: object) -> None:
    into.append(entry)


def _save(title: str, ledger: Ledger) -> None:
    ledger.save(pledge(title))


def _same(number: int, _ledger: Ledger) -> int:
    return number


def deliver() -> None:
    """Deliver what the lanes have handed over."""
    QCoreApplication.sendPostedEvents()
    QCoreApplication.processEvents()


def step_until_stopped(progress: Progress) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        progress.step(1, 2)
    raise AssertionError("nobody stopped it")


# Order and threads


def test_results_come_on_the_gui_thread_and_work_does_not(
    qtbot: QtBot, jobs: Jobs, owner: QObject
) -> None:
    gui = QThread.currentThread()
    found: list[tuple[bool, bool]] = []
    for start in (jobs.read, jobs.write):
        start(
            lambda _ledger: QThread.currentThread() is gui,
            lambda worked_here: found.append((worked_here, QThread.currentThread() is gui)),
            owner=owner,
        )
    qtbot.waitUntil(lambda: len(found) == 2)
    assert found == [(False, True), (False, True)]


def test_nothing_is_delivered_before_the_caller_has_finished(
    qtbot: QtBot, jobs: Jobs, owner: QObject
) -> None:
    found: list[int] = []
    jobs.read(lambda ledger: ledger.count("pledge", Query()), found.append, owner=owner)
    jobs.read(lambda _ledger: 0, found.append, owner=owner)
    assert found == []
    assert jobs.is_busy
    qtbot.waitUntil(lambda: not jobs.is_busy)
    assert found == [5, 0]


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(lanes=st.lists(st.sampled_from(["read", "write"]), max_size=40))
def test_each_lane_keeps_the_order_it_was_given(qtbot: QtBot, jobs: Jobs, lanes: list[str]) -> None:
    owner = QObject()
    worked: list[tuple[str, int]] = []
    told: list[tuple[str, int]] = []
    for number, lane in enumerate(lanes):
        entry = (lane, number)
        start = jobs.read if lane == "read" else jobs.write
        start(partial(_note, worked, entry), partial(_note, told, entry), owner=owner)
    qtbot.waitUntil(lambda: not jobs.is_busy)
    for lane in ("read", "write"):
        given_in = [(name, number) for number, name in enumerate(lanes) if name == lane]
        assert [entry for entry in worked if entry[0] == lane] == given_in
        assert [entry for entry in told if entry[0] == lane] == given_in


def test_reading_does_not_wait_for_writing(qtbot: QtBot, jobs: Jobs, owner: QObject) -> None:
    gate = Gate()
    read: list[int] = []
    jobs.write(gate.wait, lambda _text: None, owner=owner)
    jobs.run(lambda _p: 1, read.append, owner=owner)
    jobs.read(lambda _ledger: 2, read.append, owner=owner)
    qtbot.waitUntil(lambda: sorted(read) == [1, 2])
    gate.open_once_reached()


def test_what_is_written_is_read_by_who_asks_afterwards(
    qtbot: QtBot, jobs: Jobs, owner: QObject
) -> None:
    counts: list[int] = []

    def look(_saved: object) -> None:
        jobs.read(lambda ledger: ledger.count("pledge", Query()), counts.append, owner=owner)

    for number in range(3):
        jobs.write(partial(_save, f"第{number}件"), look, owner=owner)
    qtbot.waitUntil(lambda: len(counts) == 3)
    assert counts[-1] == 8
    assert counts == sorted(counts)


def test_thousands_of_jobs_are_done_and_the_window_stays_alive(
    qtbot: QtBot, jobs: Jobs, owner: QObject
) -> None:
    told: list[int] = []
    for number in range(5000):
        jobs.read(partial(_same, number), told.append, owner=owner)
    qtbot.waitUntil(lambda: not jobs.is_busy, timeout=60_000)
    assert told == list(range(5000))


# Cancelling


def test_a_cancelled_job_tells_nobody(qtbot: QtBot, jobs: Jobs, owner: QObject) -> None:
    gate = Gate()
    told: list[object] = []
    begun = jobs.read(gate.wait, told.append, owner=owner, failed=told.append)
    waiting = jobs.read(lambda _ledger: told.append("read"), told.append, owner=owner)
    begun.cancel()
    waiting.cancel()
    gate.open_once_reached()
    qtbot.waitUntil(lambda: not jobs.is_busy)
    assert told == []


def test_what_is_handed_in_to_be_written_is_written_even_if_nobody_waits(
    qtbot: QtBot, jobs: Jobs, owner: QObject
) -> None:
    gate = Gate()
    jobs.write(gate.wait, lambda _text: None, owner=owner)
    job = jobs.write(lambda ledger: ledger.save(pledge("已交办")), lambda _saved: None, owner=owner)
    job.cancel()
    gate.open_once_reached()
    qtbot.waitUntil(lambda: not jobs.is_busy)
    counts: list[int] = []
    jobs.read(lambda ledger: ledger.count("pledge", Query()), counts.append, owner=owner)
    qtbot.waitUntil(lambda: counts == [6])


def test_stopped_work_ends_at_its_next_step_and_its_owner_is_told(
    qtbot: QtBot, errands: Errands, owner: QObject
) -> None:
    errors: list[Exception] = []
    job = errands.run(step_until_stopped, lambda _n: None, owner=owner, failed=errors.append)
    job.stop()
    qtbot.waitUntil(lambda: not errands.is_busy)
    assert [type(error) for error in errors] == [Cancelled]


def test_stopping_too_late_is_told_as_done(qtbot: QtBot, errands: Errands, owner: QObject) -> None:
    gate = Gate()
    told: list[object] = []
    job = errands.run(gate.wait, told.append, owner=owner)
    assert gate.reached.wait(PATIENCE)
    job.stop()
    gate.opened.set()
    qtbot.waitUntil(lambda: told == ["through"])


# Progress


def test_progress_is_shown_as_it_goes_and_at_its_end(
    qtbot: QtBot, errands: Errands, owner: QObject
) -> None:
    steps: list[tuple[int, int, str]] = []
    gate = Gate()

    def work(progress: Progress) -> None:
        gate.wait()
        for done in range(1, 11):
            progress.step(done, 10, "写承诺")

    job = errands.run(work, lambda _n: None, owner=owner)
    job.progress.stepped.connect(lambda *step: steps.append(step))
    gate.open_once_reached()
    qtbot.waitUntil(lambda: not errands.is_busy)
    deliver()
    assert steps[-1] == (10, 10, "写承诺")
    assert steps == sorted(steps)


def test_a_million_steps_do_not_flood_the_window(
    qtbot: QtBot, errands: Errands, owner: QObject
) -> None:
    shown: list[int] = []
    gate = Gate()

    def work(progress: Progress) -> float:
        gate.wait()
        began = time.monotonic()
        for done in range(300_000):
            progress(done, 300_000)
        return time.monotonic() - began

    spent: list[float] = []
    job = errands.run(work, spent.append, owner=owner)
    job.progress.stepped.connect(lambda done, *_rest: shown.append(done))
    gate.open_once_reached()
    qtbot.waitUntil(lambda: bool(spent), timeout=30_000)
    assert 1 <= len(shown) <= 2 + spent[0] / 0.05


# Owners


def test_an_owner_that_was_destroyed_meanwhile_is_told_nothing(qtbot: QtBot, jobs: Jobs) -> None:
    gate = Gate()
    told: list[object] = []
    owner = QObject()
    jobs.read(gate.wait, told.append, owner=owner, failed=told.append)
    jobs.read(_fail, told.append, owner=owner, failed=told.append)
    owner.deleteLater()
    QCoreApplication.sendPostedEvents(owner, QEvent.Type.DeferredDelete.value)
    gate.open_once_reached()
    qtbot.waitUntil(lambda: not jobs.is_busy)
    assert told == []


# Errors


def _fail(*_given: object) -> object:
    raise ValueError("坏了")


def test_an_error_goes_to_who_asked_and_else_to_everybody(
    qtbot: QtBot, jobs: Jobs, owner: QObject
) -> None:
    asked: list[Exception] = []
    unasked: list[Exception] = []
    jobs.unexpected.connect(unasked.append)
    jobs.read(_fail, lambda _n: None, owner=owner, failed=asked.append)
    jobs.read(_fail, lambda _n: None, owner=owner)
    jobs.run(_fail, lambda _n: None, owner=owner)
    qtbot.waitUntil(lambda: not jobs.is_busy)
    assert [str(error) for error in asked] == ["坏了"]
    assert [str(error) for error in unasked] == ["坏了", "坏了"]


def test_a_lane_goes_on_after_an_error(qtbot: QtBot, jobs: Jobs, owner: QObject) -> None:
    told: list[object] = []
    jobs.unexpected.connect(lambda _error: told.append("error"))
    jobs.write(_fail, told.append, owner=owner)
    jobs.write(lambda _ledger: "next", told.append, owner=owner)
    qtbot.waitUntil(lambda: told == ["error", "next"])


def test_a_mistake_in_what_follows_leaves_the_lanes_working(
    qtbot: QtBot, jobs: Jobs, owner: QObject
) -> None:
    told: list[str] = []
    with qtbot.captureExceptions() as caught:
        jobs.read(lambda _ledger: "a", _fail, owner=owner)
        qtbot.waitUntil(lambda: not jobs.is_busy)
    assert [kind for kind, _error, _trace in caught] == [ValueError]
    jobs.read(lambda _ledger: "b", told.append, owner=owner)
    qtbot.waitUntil(lambda: told == ["b"])


# Closing


def test_closing_writes_what_was_handed_in_and_drops_what_would_be_read(
    qtbot: QtBot, few: Path, tmp_path: Path, owner: QObject
) -> None:
    path = tmp_path / "few.sytz"
    path.write_bytes(few.read_bytes())
    jobs = Jobs(Ledger.open(path), Ledger.open(path, read_only=True))
    gate = Gate()
    read: list[int] = []
    jobs.read(gate.wait, lambda _n: None, owner=owner)
    for _number in range(100):
        jobs.read(lambda _ledger: read.append(1), lambda _n: None, owner=owner)
    for number in range(20):
        jobs.write(partial(_save, f"第{number}件"), lambda _s: None, owner=owner)
    gate.open_once_reached()
    jobs.close()
    assert len(read) <= 100
    with Ledger.open(path) as ledger:
        assert ledger.count("pledge", Query()) == 25
        assert ledger.verify() == []


def test_nothing_is_delivered_once_closed(
    qtbot: QtBot, few: Path, tmp_path: Path, owner: QObject
) -> None:
    path = tmp_path / "few.sytz"
    path.write_bytes(few.read_bytes())
    jobs = Jobs(Ledger.open(path), Ledger.open(path, read_only=True))
    told: list[object] = []
    jobs.unexpected.connect(told.append)
    for start in (jobs.read, jobs.write):
        start(lambda _ledger: 1, told.append, owner=owner, failed=told.append)
        start(_fail, told.append, owner=owner)
    jobs.run(lambda _p: 1, told.append, owner=owner, failed=told.append)
    jobs.close()
    assert not jobs.is_busy
    deliver()
    assert told == []


def test_work_handed_in_after_closing_is_refused_and_not_begun(
    qtbot: QtBot, few: Path, owner: QObject
) -> None:
    jobs = Jobs(Ledger.open(few, read_only=True), Ledger.open(few, read_only=True))
    jobs.close()
    begun: list[int] = []
    starts: tuple[Callable[..., Job], ...] = (jobs.read, jobs.write, jobs.run)
    for start in starts:
        start(lambda _given: begun.append(1), begun.append, owner=owner)
    deliver()
    assert begun == []
    assert not jobs.is_busy


def test_a_long_export_does_not_keep_the_program_from_closing(
    qtbot: QtBot, errands: Errands, owner: QObject
) -> None:
    begun = threading.Event()

    def export(progress: Progress) -> None:
        begun.set()
        step_until_stopped(progress)

    for _number in range(6):
        errands.run(export, lambda _n: None, owner=owner)
    assert begun.wait(PATIENCE)
    began = time.monotonic()
    errands.close()
    assert time.monotonic() - began < 2


def test_after_stop_the_owner_is_told_that_its_work_will_not_be_done(
    qtbot: QtBot, errands: Errands, owner: QObject
) -> None:
    errors: list[Exception] = []
    errands.stop()
    errands.run(lambda _p: 1, lambda _n: None, owner=owner, failed=errors.append)
    qtbot.waitUntil(lambda: not errands.is_busy)
    assert [type(error) for error in errors] == [Cancelled]


def test_closing_leaves_no_thread_behind(qtbot: QtBot, few: Path, owner: QObject) -> None:
    before = set(threading.enumerate())
    jobs = Jobs(Ledger.open(few, read_only=True), Ledger.open(few, read_only=True))
    starts: tuple[Callable[..., Job], ...] = (jobs.read, jobs.write, jobs.run)
    for start in starts:
        start(lambda _given: 1, lambda _n: None, owner=owner)
    jobs.close()
    assert set(threading.enumerate()) == before
