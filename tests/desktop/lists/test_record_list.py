"""The list as the user sees it: states as text, ``>`` for the current row, ``*`` for selected."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.lists.record_list import RecordList
from sanyou_desktop.ledger.query import Filter, Query
from tests.desktop.conftest import Desk, picture, pledge, settled

COLUMNS = ("number", "title", "status")
OpenCopy = Callable[[Path], Desk]
WHOLE = """
   CN-2026-0005 | 一快三通 | 已终止
   CN-2026-0004 | 办公用品预约领用、送货上门 | 已公示
   CN-2026-0003 | 八个不让 | 已公示
   CN-2026-0002 | 会议服务零差错承诺 | 草稿
   CN-2026-0001 | 四心服务承诺 | 已公示
"""


def shown(qtbot: QtBot, desk: Desk, query: Query | None = None) -> RecordList:
    made = RecordList("pledge", desk.session)
    qtbot.addWidget(made)
    made.resize(640, 400)
    made.show()
    made.show_query(query or Query(), COLUMNS)
    settled(qtbot, desk.session)
    return made


def assert_looks(made: RecordList, expected: str) -> None:
    assert picture(made) == expected.strip("\n")


def marked(text: str, **marks: str) -> str:
    """Put marks before the rows whose number ends so."""
    lines = text.strip("\n").split("\n")
    for serial, mark in marks.items():
        lines = [f"{mark} {line[3:]}" if f"-000{serial[1:]} " in line else line for line in lines]
    return "\n".join(lines)


def test_the_list_shows_what_the_ledger_holds(qtbot: QtBot, desk: OpenCopy, few: Path) -> None:
    assert_looks(shown(qtbot, desk(few)), WHOLE)


def test_arrow_keys_move_and_tell_once_they_rest(qtbot: QtBot, desk: OpenCopy, few: Path) -> None:
    open_desk = desk(few)
    made = shown(qtbot, open_desk)
    made.select_first()
    settled(qtbot, open_desk.session)
    picked: list[str] = []
    made.picked.connect(picked.append)
    for _press in range(3):
        qtbot.keyClick(made.table, Qt.Key.Key_Down)
    settled(qtbot, open_desk.session)
    assert_looks(made, marked(WHOLE, n2=">*"))
    assert picked == [made.model.id_at(3)]


@pytest.mark.parametrize(
    ("key", "serial"),
    [(Qt.Key.Key_End, "n1"), (Qt.Key.Key_Home, "n5"), (Qt.Key.Key_PageDown, "n1")],
)
def test_keys_go_to_the_ends(
    qtbot: QtBot, desk: OpenCopy, few: Path, key: Qt.Key, serial: str
) -> None:
    open_desk = desk(few)
    made = shown(qtbot, open_desk)
    made.select_first()
    qtbot.keyClick(made.table, key)
    settled(qtbot, open_desk.session)
    assert_looks(made, marked(WHOLE, **{serial: ">*"}))


def test_shift_extends_the_selection(qtbot: QtBot, desk: OpenCopy, few: Path) -> None:
    open_desk = desk(few)
    made = shown(qtbot, open_desk)
    made.select_first()
    with qtbot.waitSignal(made.selection_changed, check_params_cb=lambda count: count == 3):
        qtbot.keyClick(made.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
        qtbot.keyClick(made.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert_looks(made, marked(WHOLE, n5=" *", n4=" *", n3=">*"))


def test_a_new_record_does_not_move_the_selection(qtbot: QtBot, desk: OpenCopy, few: Path) -> None:
    open_desk = desk(few)
    made = shown(qtbot, open_desk)
    made.select_first()
    qtbot.keyClick(made.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    settled(qtbot, open_desk.session)
    picked: list[str] = []
    made.picked.connect(picked.append)
    open_desk.session.operations.run(lambda ledger: ledger.save(pledge("新来的")), owner=made)
    settled(qtbot, open_desk.session)
    expected = "   CN-2026-0006 | 新来的 | 草稿\n" + marked(WHOLE, n5=" *", n4=">*")
    assert_looks(made, expected)
    assert picked == []


def test_selection_follows_its_record_through_another_order(
    qtbot: QtBot, desk: OpenCopy, few: Path
) -> None:
    open_desk = desk(few)
    made = shown(qtbot, open_desk)
    made.select_first()
    settled(qtbot, open_desk.session)
    made.sort_by("number", descending=False)
    settled(qtbot, open_desk.session)
    upside_down = "\n".join(reversed(WHOLE.strip("\n").split("\n")))
    assert_looks(made, marked(upside_down, n5=">*"))


def test_a_click_on_a_header_sorts_and_the_next_turns_round(
    qtbot: QtBot, desk: OpenCopy, few: Path
) -> None:
    open_desk = desk(few)
    made = shown(qtbot, open_desk)
    orders = []
    for _click in range(2):
        at = QPoint(made.header.sectionViewportPosition(0) + 10, 10)
        qtbot.mouseClick(made.header.viewport(), Qt.MouseButton.LeftButton, pos=at)
        settled(qtbot, open_desk.session)
        orders.append((made.model.query.descending, made.header.sortIndicatorOrder()))
    assert orders == [
        (False, Qt.SortOrder.AscendingOrder),
        (True, Qt.SortOrder.DescendingOrder),
    ]


def test_ctrl_a_selects_everything_also_what_was_never_read(
    qtbot: QtBot, desk: OpenCopy, many: Path
) -> None:
    open_desk = desk(many)
    made = shown(qtbot, open_desk, Query(filters=(Filter("department", ("部门3", "部门4")),)))
    qtbot.keyClick(made.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    settled(qtbot, open_desk.session)
    assert made.table.selected_count() == 600
    found: list[list[str]] = []
    made.selected_ids(found.append)
    settled(qtbot, open_desk.session)
    assert len(set(found[0])) == 600


def test_everything_selected_is_no_longer_selected_when_the_question_changes(
    qtbot: QtBot, desk: OpenCopy, many: Path
) -> None:
    open_desk = desk(many)
    made = shown(qtbot, open_desk, Query(filters=(Filter("department", ("部门3", "部门4")),)))
    qtbot.keyClick(made.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    settled(qtbot, open_desk.session)
    made.show_query(Query(), COLUMNS)
    settled(qtbot, open_desk.session)
    assert made.table.selected_count() == 0


def test_a_selection_beyond_the_pages_in_memory_has_its_ids(
    qtbot: QtBot, desk: OpenCopy, many: Path
) -> None:
    open_desk = desk(many)
    made = shown(qtbot, open_desk)
    flags = QItemSelectionModel.SelectionFlag
    made.table.select_rows(list(range(100, 900)), 899)
    made.table.selectionModel().select(made.model.index(2999, 0), flags.Select | flags.Rows)
    settled(qtbot, open_desk.session)
    found: list[list[str]] = []
    made.selected_ids(found.append)
    settled(qtbot, open_desk.session)
    with_numbers = [record.id for record in open_desk.stored("pledge")]
    wanted = list(reversed(with_numbers))
    assert found[0] == [*wanted[100:900], wanted[2999]]


def test_copied_rows_are_what_a_spreadsheet_takes(qtbot: QtBot, desk: OpenCopy, few: Path) -> None:
    open_desk = desk(few)
    made = shown(qtbot, open_desk)
    made.table.select_rows([2, 3], 3)
    QGuiApplication.clipboard().clear()
    qtbot.keyClick(made.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    settled(qtbot, open_desk.session)
    assert QGuiApplication.clipboard().text() == (
        "编号\t标题\t状态\nCN-2026-0003\t八个不让\t已公示\nCN-2026-0002\t会议服务零差错承诺\t草稿\n"
    )


def test_an_empty_ledger_says_what_belongs_here(qtbot: QtBot, desk: OpenCopy, few: Path) -> None:
    open_desk = desk(few)
    made = RecordList("survey", open_desk.session)
    qtbot.addWidget(made)
    made.show()
    made.show_query(Query(), ("number", "title"))
    settled(qtbot, open_desk.session)
    empty = made.currentWidget()
    assert empty is made.no_record
    assert "满意度" in made.no_record.line.text()
    with qtbot.waitSignal(made.new_wanted):
        made.no_record.action.click()


def test_a_search_without_success_offers_to_clear_it(
    qtbot: QtBot, desk: OpenCopy, few: Path
) -> None:
    open_desk = desk(few)
    made = shown(qtbot, open_desk, Query(text="没有这样的"))
    assert made.currentWidget() is made.not_found
    with qtbot.waitSignal(made.clear_wanted):
        made.not_found.action.click()


def test_the_current_record_stays_when_it_is_filtered_out(
    qtbot: QtBot, desk: OpenCopy, few: Path
) -> None:
    open_desk = desk(few)
    made = shown(qtbot, open_desk)
    made.select_first()
    settled(qtbot, open_desk.session)
    current = made.current_id
    made.show_query(Query(text="会议"), COLUMNS)
    settled(qtbot, open_desk.session)
    assert (made.current_id, made.is_current_listed) == (current, False)
    assert_looks(made, "   CN-2026-0002 | 会议服务零差错承诺 | 草稿")
    made.show_query(Query(), COLUMNS)
    settled(qtbot, open_desk.session)
    assert_looks(made, marked(WHOLE, n5=">*"))


def test_going_to_a_record_far_down_brings_it_into_sight(
    qtbot: QtBot, desk: OpenCopy, many: Path
) -> None:
    open_desk = desk(many)
    made = shown(qtbot, open_desk)
    wanted = open_desk.stored("pledge")[1233]
    made.go_to(wanted.id)
    settled(qtbot, open_desk.session)
    row = made.table.currentIndex().row()
    assert made.model.id_at(row) == wanted.id
    assert made.table.viewport().rect().intersects(made.table.visualRect(made.model.index(row, 0)))


def test_a_hidden_list_catches_up_when_it_is_shown(qtbot: QtBot, desk: OpenCopy, few: Path) -> None:
    open_desk = desk(few)
    made = shown(qtbot, open_desk)
    made.hide()
    open_desk.session.operations.run(lambda ledger: ledger.save(pledge("新来的")), owner=made)
    settled(qtbot, open_desk.session)
    assert made.model.rowCount() == 5
    made.show()
    settled(qtbot, open_desk.session)
    assert made.model.rowCount() == 6


def test_rows_keep_the_height_of_the_design(qtbot: QtBot, desk: OpenCopy, few: Path) -> None:
    made = shown(qtbot, desk(few))
    assert made.table.rowHeight(0) >= 36


def test_labels_stand_on_the_edge_of_their_cells(qtbot: QtBot, desk: OpenCopy, few: Path) -> None:
    made = shown(qtbot, desk(few))
    image = made.table.grab().toImage()
    ratio = image.devicePixelRatio()
    at = made.header.sectionViewportPosition(1)

    def first_ink(top: int, bottom: int) -> int:
        ground = image.pixelColor(round((at + 2) * ratio), round((top + 4) * ratio))
        for x in range(round((at + 2) * ratio), image.width()):
            for y in range(round((top + 4) * ratio), round((bottom - 4) * ratio)):
                if abs(image.pixelColor(x, y).lightness() - ground.lightness()) > 60:
                    return x
        return -1

    header = first_ink(0, made.header.height())
    top = made.header.height() + made.table.rowHeight(0)
    cell = first_ink(top, top + made.table.rowHeight(1))
    # Characters keep a pixel or two of their own to the left of their ink.
    assert abs(header - cell) <= 2
