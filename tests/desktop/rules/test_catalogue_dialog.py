"""The catalogue is chosen, written in the background, and can be stopped."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.rules.catalogue_dialog import CatalogueDialog
from sanyou_desktop.exchange import rule_catalogue
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.rule import Rule
from tests.desktop.conftest import UNIT
from tests.desktop.deed_page import PageUser

OnPage = Callable[..., PageUser]


@pytest.fixture
def user(on_page: OnPage) -> PageUser:
    made = on_page(
        *(
            Rule(unit=UNIT, title=f"制度{number}", status="in_force", text="第一条 正文。")
            for number in range(3)
        )
    )
    made.choose("catalogue")
    return made


@pytest.mark.parametrize(("place", "name"), [(0, "目录.xlsx"), (1, "目录.docx")])
def test_either_file_is_written(
    qtbot: QtBot, user: PageUser, tmp_path: Path, place: int, name: str
) -> None:
    at, shown = user.at, user.dialog(CatalogueDialog)
    assert not shown.texts.isEnabled()
    shown.format.button(place).setChecked(True)
    assert shown.texts.isEnabled() == (place == 1)
    # The suffix comes of the choice.
    at.ask.path = tmp_path / "目录"
    shown.take.click()
    qtbot.waitUntil(shown.take.isEnabled, timeout=20_000)
    assert shown.work.banner.text.text() == f"已导出 {name}：共 3 件。"
    assert (tmp_path / name).stat().st_size > 0
    with Ledger.open(at.session.path, read_only=True) as ledger:
        (line,) = ledger.exports.lines()
        assert (line.way, line.target) == ("catalogue", str((tmp_path / name).resolve()))
        assert set(ledger.exports.held(line.seq)) == {one.id for one in ledger.records("rule")}
    shown.reject()
    user.closed(shown)


def test_stopping_writes_nothing(
    qtbot: QtBot,
    user: PageUser,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    at, shown = user.at, user.dialog(CatalogueDialog)
    at.ask.path = tmp_path / "目录.xlsx"
    go_on = Event()

    def wait_for_it(*given: object) -> object:
        assert go_on.wait(20)
        return entry(*given)  # type: ignore[arg-type] # passed on as they came

    entry = rule_catalogue._entry
    monkeypatch.setattr(rule_catalogue, "_entry", wait_for_it)
    shown.take.click()
    shown.work.progress.cancelled.emit()
    go_on.set()
    qtbot.waitUntil(shown.take.isEnabled, timeout=20_000)
    assert shown.work.banner.text.text() == "已取消，没有写入文件。"
    assert not (tmp_path / "目录.xlsx").exists()
    shown.reject()
    user.closed(shown)


def test_what_cannot_be_written_is_said(qtbot: QtBot, user: PageUser, tmp_path: Path) -> None:
    at, shown = user.at, user.dialog(CatalogueDialog)
    at.ask.path = tmp_path / "没有的文件夹" / "目录.xlsx"
    shown.take.click()
    qtbot.waitUntil(shown.take.isEnabled, timeout=20_000)
    assert "不存在" in shown.work.banner.text.text()
    shown.reject()
    user.closed(shown)
    with Ledger.open(at.session.path, read_only=True) as ledger:
        assert len(list(ledger.records("rule"))) == 3
