"""The columns of a form beside what fills them, however long the words for that are."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QStyleOptionComboBox
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.own_form.column_table import ColumnTable
from sanyou_desktop.exchange.tables.found_columns import Column

LONG = "Rectification rounds · Rectified on, in the words of the department that did it"


def test_long_words_neither_push_the_boxes_out_of_sight_nor_are_cut_unsaid(qtbot: QtBot) -> None:
    table = ColumnTable(lambda: None, "读作")
    qtbot.addWidget(table)
    table.resize(360, 300)
    table.show_columns([Column(0, "完成时间")], [("", "（不填）"), ("rounds", LONG)], {0: "rounds"})
    table.show()
    box = table.box(0)
    right = box.mapTo(table.viewport(), QPoint(box.width(), 0)).x()
    assert right <= table.viewport().width()
    assert box.toolTip() == LONG
    drawn = QStyleOptionComboBox()
    box.initStyleOption(drawn)
    assert drawn.currentText.endswith("…")
    assert box.fontMetrics().horizontalAdvance(drawn.currentText) < box.width()
    box.showPopup()
    assert box.view().width() >= box.fontMetrics().horizontalAdvance(LONG)
    box.hidePopup()
