"""Which kinds and which period are shared: chosen in the card, remembered, kept by what waits."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.pages.upward import UpwardPage
from sanyou_desktop.desktop.sharing.card import ShareCard
from sanyou_desktop.desktop.sharing.queue import ShareQueue
from sanyou_desktop.desktop.sharing.scope_dialog import ScopeDialog
from sanyou_desktop.exchange.share_scope import EVERYTHING, Scope
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.kinds import REPORTED
from tests.desktop.conftest import UNIT, Desk, settled
from tests.desktop.pages.conftest import Paths, shown, upward_page

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    made = Paths()
    (tmp_path / "共享文件夹").mkdir()
    made.path = tmp_path / "共享文件夹" / "全市共享.xlsx"
    return made


@pytest.fixture
def at(desk: Callable[..., Desk], few: Path, tmp_path: Path, paths: Paths) -> Desk:
    """Five pledges, and two findings of two years."""
    (tmp_path / "原件").mkdir()
    path = Path(shutil.copy(few, tmp_path / "原件" / "查处.sytz"))
    with Ledger.open(path) as ledger:
        for title, raised_on in (("灯坏了", "2025-11-03"), ("门坏了", "2026-03-05")):
            raw = {"title": title, "raised_on": raised_on}
            ledger.save(Draft.from_json("finding", raw, UNIT).accepted())
    made = desk(path)
    return Desk(replace(made.session, ask=paths), paths, made.failures)


@pytest.fixture
def page(qtbot: QtBot, at: Desk) -> UpwardPage:
    return shown(qtbot, upward_page(at.session))


def asked(qtbot: QtBot, card: ShareCard) -> ScopeDialog:
    qtbot.mouseClick(card.extent_button, LEFT)
    (found,) = card.window().findChildren(ScopeDialog)
    return found


def only(dialog: ScopeDialog, *kinds: str) -> None:
    for kind, box in dialog.kinds.items():
        box.setChecked(kind in kinds)


def titles(path: Path | None) -> set[object]:
    assert path is not None
    book = openpyxl.load_workbook(path)
    cells = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
    return {title for title in ("灯坏了", "门坏了", "八个不让") if title in cells}


def test_what_is_chosen_is_said_shared_and_remembered(
    qtbot: QtBot, page: UpwardPage, at: Desk, paths: Paths
) -> None:
    card = page.sharing
    assert card.extent.text() == "范围：全部类别，全部时间"
    dialog = asked(qtbot, card)
    only(dialog, "finding")
    dialog.period.first.set_raw("2026")
    qtbot.mouseClick(dialog.take, LEFT)
    assert card.extent.text() == "范围：问题整改，2026-01-01 起"
    qtbot.mouseClick(card.share_button, LEFT)
    settled(qtbot, at.session)
    assert titles(paths.path) == {"门坏了"}
    again = upward_page(at.session).sharing
    assert again.extent.text() == "范围：问题整改，2026-01-01 起"


def test_without_a_kind_or_with_a_date_that_is_none_it_says_so(
    qtbot: QtBot, page: UpwardPage
) -> None:
    dialog = asked(qtbot, page.sharing)
    assert not dialog.lack.isVisible()
    only(dialog)
    assert dialog.lack.isVisible()
    assert not dialog.take.isEnabled()
    only(dialog, "rule")
    dialog.period.last.set_raw("2026-02-30")
    qtbot.mouseClick(dialog.take, LEFT)
    assert dialog.isVisible()
    assert "2026 年 2 月没有 30 日" in dialog.period.last_field.error
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert page.sharing.extent.text() == "范围：全部类别，全部时间"


def test_what_waits_keeps_the_scope_it_was_asked_with(
    qtbot: QtBot, page: UpwardPage, at: Desk, paths: Paths
) -> None:
    path = paths.path
    assert path is not None
    owner = path.with_name(f".~lock.{path.name}#")
    owner.write_text("王芳,wf,机要室-03,28.11.2026 09:00,file:///home/w;", encoding="utf-8")
    page.sharing.queue.share(path, Scope(("finding",), "2025", "2025"))
    settled(qtbot, at.session)
    page.sharing.queue.rest()
    owner.unlink()
    next_window = ShareQueue(at.session, at.session.jobs)
    next_window.resume()
    settled(qtbot, at.session)
    assert titles(path) == {"灯坏了"}


@pytest.mark.parametrize(
    ("scope", "options"),
    [
        (EVERYTHING, {}),
        (Scope(("rule", "survey"), "2026", ""), {"kinds": "rule,survey", "first": "2026"}),
    ],
)
def test_a_scope_is_read_back_from_its_options(scope: Scope, options: dict[str, str]) -> None:
    assert scope.options() == options
    assert Scope.from_options(options) == scope


def test_options_damaged_by_hand_leave_it_open() -> None:
    assert Scope.from_options({"kinds": "dragon", "first": "neverwhere"}) == Scope(REPORTED)
