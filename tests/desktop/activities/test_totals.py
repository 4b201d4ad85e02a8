"""The totals are of what the list shows, or of what is selected in it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QApplication

from sanyou_desktop.desktop.activities.totals_dialog import TotalsDialog
from sanyou_desktop.model.activity import Activity, Figure
from sanyou_desktop.model.quantity_words import parse_quantity
from tests.desktop.conftest import UNIT
from tests.desktop.deed_page import PageUser

OnPage = Callable[..., PageUser]


def activity(title: str, amount: str, label: str = "", quantity: str = "") -> Activity:
    figures = (Figure(key="f", label=label, quantity=parse_quantity(quantity)),) if label else ()
    return Activity(
        unit=UNIT,
        title=title,
        amount=parse_quantity(amount, "元") if amount else None,
        quantities=figures,
    )


ACTIVITIES = (
    activity("派车", "20000", "派车", "283辆次"),
    activity("修缮食堂", "140多万元"),
    activity("再派车", "", "派车", "17辆次"),
)


def totals(user: PageUser) -> TotalsDialog:
    user.choose("totals")
    return user.dialog(TotalsDialog)


def test_totals_of_the_list(on_page: OnPage) -> None:
    user = on_page(*ACTIVITIES)
    dialog = totals(user)
    assert dialog.words.text().startswith("列表中 3 条活动的合计。")
    dialog.copy()
    assert QApplication.clipboard().text().splitlines() == [
        "名目\t合计\t项数",
        "金额\t≥1,420,000 元(含 1 项约数)\t2",
        "派车\t300 辆次\t2",
    ]
    dialog.accept()
    user.closed(dialog)


def test_totals_of_a_search(on_page: OnPage) -> None:
    user = on_page(*ACTIVITIES)
    page = user.page
    page.pane.search.setText("食堂")
    user.qtbot.waitUntil(lambda: page.list.model.query.text == "食堂")
    user.settle()
    dialog = totals(user)
    assert dialog.table.rowCount() == 1
    dialog.accept()
    user.closed(dialog)


def test_totals_of_the_selected(on_page: OnPage) -> None:
    user = on_page(*ACTIVITIES)
    page = user.page
    page.list.table.selectAll()
    user.settle()
    dialog = totals(user)
    assert dialog.words.text().startswith("所选 3 条活动的合计。")
    dialog.accept()
    user.closed(dialog)


def test_nothing_to_add_is_said(on_page: OnPage) -> None:
    user = on_page(activity("开会", ""))
    dialog = totals(user)
    assert dialog.nothing.isVisible()
    assert not dialog.copy_button.isEnabled()
    dialog.accept()
    user.closed(dialog)
