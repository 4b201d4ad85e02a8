"""The totals are of what the list shows, or of what is selected in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.activities.totals_dialog import TotalsDialog
from sanyou_desktop.desktop.lists.record_page import RecordPage
from sanyou_desktop.model.activity import Activity, Figure
from sanyou_desktop.model.quantity_words import parse_quantity
from sanyou_desktop.model.record import Record
from tests.desktop.conftest import UNIT, Desk, settled
from tests.desktop.deed_page import closed, filled, opened, shown_page

OpenCopy = Callable[..., Desk]


def activity(title: str, amount: str, label: str = "", quantity: str = "") -> Activity:
    figures = (Figure(key="f", label=label, quantity=parse_quantity(quantity)),) if label else ()
    return Activity(
        unit=UNIT,
        title=title,
        amount=parse_quantity(amount, "元") if amount else None,
        quantities=figures,
    )


def made(qtbot: QtBot, desk: OpenCopy, few: Path) -> tuple[Desk, RecordPage]:
    at = desk(few)
    records: list[Record] = [
        activity("派车", "20000", "派车", "283辆次"),
        activity("修缮食堂", "140多万元"),
        activity("再派车", "", "派车", "17辆次"),
    ]
    ids = filled(qtbot, at, records)
    return at, shown_page(qtbot, at, "activity", ids[0])


def asked(qtbot: QtBot, at: Desk, page: RecordPage) -> TotalsDialog:
    (action,) = page.menu.menu().actions()
    action.trigger()
    settled(qtbot, at.session)
    return opened(qtbot, page, TotalsDialog)


def test_totals_of_the_list(qtbot: QtBot, desk: OpenCopy, few: Path) -> None:
    at, page = made(qtbot, desk, few)
    dialog = asked(qtbot, at, page)
    assert dialog.words.text().startswith("列表中 3 条活动的合计。")
    dialog.copy()
    assert QApplication.clipboard().text().splitlines() == [
        "名目\t合计\t项数",
        "金额\t≥1,420,000 元(含 1 项约数)\t2",
        "派车\t300 辆次\t2",
    ]
    dialog.accept()
    closed(qtbot, at, dialog)


def test_totals_of_a_search(qtbot: QtBot, desk: OpenCopy, few: Path) -> None:
    at, page = made(qtbot, desk, few)
    page.pane.search.setText("食堂")
    qtbot.waitUntil(lambda: page.list.model.query.text == "食堂")
    settled(qtbot, at.session)
    dialog = asked(qtbot, at, page)
    assert dialog.table.rowCount() == 1
    dialog.accept()
    closed(qtbot, at, dialog)


def test_totals_of_the_selected(qtbot: QtBot, desk: OpenCopy, few: Path) -> None:
    at, page = made(qtbot, desk, few)
    page.list.table.selectAll()
    settled(qtbot, at.session)
    dialog = asked(qtbot, at, page)
    assert dialog.words.text().startswith("所选 3 条活动的合计。")
    dialog.accept()
    closed(qtbot, at, dialog)


def test_nothing_to_add_is_said(qtbot: QtBot, desk: OpenCopy, few: Path) -> None:
    at = desk(few)
    ids = filled(qtbot, at, [activity("开会", "")])
    dialog = asked(qtbot, at, shown_page(qtbot, at, "activity", ids[0]))
    assert dialog.nothing.isVisible()
    assert not dialog.copy_button.isEnabled()
    dialog.accept()
    closed(qtbot, at, dialog)
