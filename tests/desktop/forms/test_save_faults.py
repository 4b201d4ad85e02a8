"""When saving fails, the form says why, keeps what was typed, and can be saved later."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.forms.form import RecordForm
from sanyou_desktop.ledger.errors import DiskFull
from sanyou_desktop.ledger.ledger import Ledger
from tests.desktop.conftest import Desk, settled
from tests.desktop.forms.filling import saved, shown_form, type_into

TITLE = "办公用品送货上门"


@pytest.fixture
def at(desk: Callable[[Path], Desk], few: Path) -> Desk:
    return desk(few)


@pytest.fixture
def form(qtbot: QtBot, at: Desk) -> RecordForm:
    shown = shown_form(qtbot, at, "pledge")
    title = shown.body.editors["title"]
    type_into(title.focusProxy() or title, TITLE)
    return shown


def titles(at: Desk) -> list[str]:
    return [record.title for record in at.stored("pledge")]


def test_a_full_disk_is_told_and_what_was_typed_stays(
    qtbot: QtBot, at: Desk, form: RecordForm, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_given: object, **_named: object) -> None:
        raise DiskFull("磁盘空间不足，这次操作没有写入，原有内容完好。请清理磁盘后再试。")

    monkeypatch.setattr(Ledger, "save", full)
    form.save()
    settled(qtbot, at.session)
    assert form.banner.isVisible()
    assert form.banner.text.text().startswith("没有保存：磁盘空间不足")
    assert form.is_dirty
    assert form.foot.save.isEnabled()
    assert TITLE not in titles(at)

    monkeypatch.undo()
    saved(qtbot, at, form)
    assert not form.banner.isVisible()
    assert titles(at).count(TITLE) == 1


def test_while_another_program_holds_the_ledger_the_window_stays_awake(
    qtbot: QtBot, at: Desk, form: RecordForm
) -> None:
    beats: list[float] = []
    heart = QTimer(form)
    heart.timeout.connect(lambda: beats.append(time.monotonic()))
    heart.start(10)
    with closing(sqlite3.connect(at.session.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        form.save()
        qtbot.wait(600)
        assert not form.foot.save.isEnabled()
        other.execute("ROLLBACK")
    settled(qtbot, at.session)
    assert titles(at).count(TITLE) == 1
    pauses = [after - before for before, after in pairwise(beats)]
    # It beats every 10 ms; waiting for the lock took sixty times that.
    assert max(pauses) < 0.4


def test_a_lock_that_does_not_end_is_told(
    qtbot: QtBot, at: Desk, form: RecordForm, tmp_path: Path
) -> None:
    at.session.jobs.write(
        lambda ledger: ledger._conn.execute("PRAGMA busy_timeout = 100"),
        # seconds are too long for a test
        lambda _done: None,
        owner=form,
    )
    with closing(sqlite3.connect(at.session.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        form.save()
        settled(qtbot, at.session)
        assert "正被另一个程序占用" in form.banner.text.text()
        assert form.is_dirty
        other.execute("ROLLBACK")
    saved(qtbot, at, form)
    assert titles(at).count(TITLE) == 1
