"""Headers stand on the same edges as the cells under them: measured in ink."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QTreeWidget,
    QTreeWidgetItem,
)
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.editors.rows_model import RowsModel
from sanyou_desktop.desktop.editors.rows_view import RowsView
from sanyou_desktop.model.fields import Rows
from sanyou_desktop.model.kinds import KINDS

# Its ink reaches the same place on the left and on the right in both fonts' weights.
WORD = "国"
SIDES = {"left": Qt.AlignmentFlag.AlignLeft, "right": Qt.AlignmentFlag.AlignRight}


@pytest.mark.parametrize("side", SIDES)
def test_in_a_table(qtbot: QtBot, side: str) -> None:
    table = QTableWidget(1, 2)
    table.setHorizontalHeaderLabels([WORD, WORD])
    table.verticalHeader().hide()
    table.setShowGrid(False)
    aligned = SIDES[side] | Qt.AlignmentFlag.AlignVCenter
    for place in range(2):
        cell = QTableWidgetItem(WORD)
        cell.setTextAlignment(aligned)
        table.setItem(0, place, cell)
        heading = table.horizontalHeaderItem(place)
        assert heading is not None
        heading.setTextAlignment(aligned)
    place = table.columnViewportPosition(1)
    compare(qtbot, table, table.horizontalHeader(), place, table.columnWidth(1), side)


@pytest.mark.parametrize("side", SIDES)
def test_in_a_tree(qtbot: QtBot, side: str) -> None:
    tree = QTreeWidget()
    tree.setColumnCount(2)
    tree.setHeaderLabels(["", WORD])
    item = QTreeWidgetItem(["", WORD])
    tree.addTopLevelItem(item)
    for one in (tree.headerItem(), item):
        one.setTextAlignment(1, SIDES[side] | Qt.AlignmentFlag.AlignVCenter)
    tree.header().setStretchLastSection(False)
    place = tree.columnViewportPosition(1)
    compare(qtbot, tree, tree.header(), place, tree.columnWidth(1), side)


def test_in_a_sheet(qtbot: QtBot) -> None:
    field = KINDS["pledge"].fields["clauses"]
    assert isinstance(field, Rows)
    view = RowsView(RowsModel(field))
    title = view.model().headerData(0, Qt.Orientation.Horizontal)
    view.rows().load([{"text": title}])
    view.setCurrentIndex(view.model().index(1, 1))
    place = view.columnViewportPosition(0)
    compare(qtbot, view, view.horizontalHeader(), place, 80, "left")


def compare(
    qtbot: QtBot, view: QAbstractItemView, header: QHeaderView, place: int, width: int, side: str
) -> None:
    qtbot.addWidget(view)
    view.resize(640, 200)
    view.show()
    head = ink(header.viewport().grab().toImage(), place, width, header.height())
    cell = ink(view.viewport().grab().toImage(), place, width, 30)
    at = 0 if side == "left" else -1
    assert abs(head[at] - cell[at]) <= 1, (head, cell)


def ink(image: QImage, left: int, width: int, height: int) -> list[int]:
    """Return the columns in which something dark is drawn, edges left out."""
    paper = image.pixelColor(left + 2, 3).lightness()
    return [
        x
        for x in range(left + 1, left + width - 1)
        if any(abs(image.pixelColor(x, y).lightness() - paper) > 60 for y in range(3, height - 3))
    ]
