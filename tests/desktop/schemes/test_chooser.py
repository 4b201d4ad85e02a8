"""Choosing among lists by keyboard alone, with a look at what each holds."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.schemes.chooser import SchemeChooser
from sanyou_desktop.desktop.schemes.offer_list import box_rect
from sanyou_desktop.desktop.schemes.offers import Offer
from sanyou_desktop.exchange.shipped_schemes import shipped_schemes
from sanyou_desktop.model.scheme import Scheme
from tests.desktop.clerk import compose

KEY = Qt.Key


@pytest.fixture
def several(qtbot: QtBot) -> SchemeChooser:
    return shown(qtbot, several=True)


@pytest.fixture
def single(qtbot: QtBot) -> SchemeChooser:
    return shown(qtbot, several=False)


def shown(qtbot: QtBot, *, several: bool) -> SchemeChooser:
    made = SchemeChooser(several=several)
    qtbot.addWidget(made)
    made.resize(900, 500)
    made.show_offers(
        [Offer(scheme, "程序自带", scheme.title == "四心") for scheme in shipped_schemes("u")]
    )
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.list.setFocus()
    return made


def titles(chooser: SchemeChooser) -> list[str]:
    return [offer.scheme.title for offer in chooser.chosen()]


def seen(chooser: SchemeChooser) -> list[str]:
    rows = range(chooser.list.rows.rowCount())
    return [chooser.list.rows.item(row).text() for row in rows if not chooser.list.isRowHidden(row)]


def test_space_ticks_and_return_decides(qtbot: QtBot, several: SchemeChooser) -> None:
    assert several.list.hasFocus()
    assert titles(several) == []
    qtbot.keyClick(several.list, KEY.Key_Space)
    qtbot.keyClick(several.list, KEY.Key_Down)
    qtbot.keyClick(several.list, KEY.Key_Down)
    with qtbot.waitSignal(several.changed):
        qtbot.keyClick(several.list, KEY.Key_Space)
    assert titles(several) == ["五查", "八个不让"]
    qtbot.keyClick(several.list, KEY.Key_Space)
    with qtbot.waitSignal(several.decided):
        qtbot.keyClick(several.list, KEY.Key_Return)
    assert titles(several) == ["五查"]


def test_return_without_a_tick_takes_the_current_one(qtbot: QtBot, several: SchemeChooser) -> None:
    qtbot.keyClick(several.list, KEY.Key_Down)
    with qtbot.waitSignal(several.decided):
        qtbot.keyClick(several.list, KEY.Key_Return)
    assert titles(several) == ["三查三落实"]


def test_all_that_are_seen_are_ticked_and_unticked(qtbot: QtBot, several: SchemeChooser) -> None:
    several.search.setFocus()
    compose(several.search, "省台办")
    qtbot.keyClick(several.search, KEY.Key_Return)
    assert seen(several) == ["五查", "三面向三服务"]
    qtbot.keyClick(several.search, KEY.Key_Down)
    assert several.list.hasFocus()
    qtbot.keyClick(several.list, KEY.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert titles(several) == ["五查", "三面向三服务"]
    qtbot.keyClick(several.list, KEY.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert titles(several) == []


def test_a_search_goes_through_the_entries(qtbot: QtBot, single: SchemeChooser) -> None:
    single.search.setText("以耐心")
    qtbot.keyClick(single.search, KEY.Key_Return)
    assert seen(single) == ["四心"]
    assert titles(single) == ["四心"]
    single.search.setText("没有这样的")
    qtbot.keyClick(single.search, KEY.Key_Return)
    assert titles(single) == []
    assert single.preview.about.text() == "没有符合条件的清单。"
    single.search.clear()
    qtbot.keyClick(single.search, KEY.Key_Return)
    assert titles(single) == ["五查"]


def test_the_box_ticks_and_the_rest_of_the_row_only_shows(
    qtbot: QtBot, several: SchemeChooser
) -> None:
    view = several.list
    row = view.visualRect(view.rows.index(1, 0))
    click = Qt.MouseButton.LeftButton
    qtbot.mouseClick(view.viewport(), click, pos=row.center())
    assert titles(several) == []
    assert several.preview.title.text() == "三查三落实"
    qtbot.mouseClick(view.viewport(), click, pos=box_rect(row).center())
    assert titles(several) == ["三查三落实"]
    with qtbot.waitSignal(several.decided):
        qtbot.mouseDClick(view.viewport(), click, pos=row.center() + QPoint(40, 0))


def test_the_preview_says_what_is_known(single: SchemeChooser) -> None:
    single.go_to(lambda offer: offer.scheme.title == "三查三落实")
    assert single.preview.entries.toPlainText().split("\n")[0] == (
        "1. 查工作质量（落实：落实工作制度）"
    )
    assert not single.preview.chip.isVisible()
    single.go_to(lambda offer: offer.scheme.title == "四勤三特")
    assert single.preview.chip.text == "待补充"
    assert "已录 0 项，还缺 7 项" in single.preview.about.text()
    assert single.preview.entries.toPlainText().count("（待补充）") == 7
    single.go_to(lambda offer: offer.scheme.title == "四心")
    assert "台账里已有这个清单" in single.preview.about.text()


def test_a_reader_of_the_screen_hears_every_mark(single: SchemeChooser) -> None:
    role = Qt.ItemDataRole.AccessibleTextRole
    spoken = [single.list.rows.item(row).data(role) for row in range(9)]
    assert spoken[3].startswith("四心，台账已有，承诺条款 · 共 4 项 · 程序自带")
    assert spoken[8].startswith("四勤三特，待补充")


def test_a_title_of_any_length_is_drawn(qtbot: QtBot, several: SchemeChooser) -> None:
    long = Scheme(title="长" * 300, source="源" * 500)
    several.show_offers([Offer(long, "a.json")], tick=lambda _offer: True)
    assert not several.grab().isNull()
    assert titles(several) == ["长" * 300]
