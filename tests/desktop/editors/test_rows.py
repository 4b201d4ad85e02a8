"""Rows of a record are filled like a sheet: typing, Return, Tab, blocks, order, undo."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.editors.editor import Editor
from sanyou_desktop.desktop.editors.rows import RowsEditor
from sanyou_desktop.model.fields import Rows
from sanyou_desktop.model.kinds import KINDS
from tests.desktop.clerk import compose

Show = Callable[[Editor], None]
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
CLAUSES = "会标零差错\t逐字核对\n茶水及时\t每二十分钟\n座签齐全\t会前核对\n"


@pytest.fixture
def editor(show: Show) -> RowsEditor:
    field = KINDS["pledge"].fields["clauses"]
    assert isinstance(field, Rows)
    made = RowsEditor(field)
    show(made)
    made.view.go_to(0, 0)
    return made


def cells(editor: RowsEditor, column: int = 0) -> list[object]:
    key = editor.model.keys[column]
    rows = editor.raw()
    assert isinstance(rows, list)
    return [row.get(key) for row in rows if isinstance(row, dict)]


def go(editor: RowsEditor, row: int, column: int = 0) -> None:
    editor.view.setFocus()
    editor.view.go_to(row, column)


def paste(qtbot: QtBot, editor: RowsEditor, text: str) -> None:
    QApplication.clipboard().setText(text)
    qtbot.keyClick(editor.view, Qt.Key.Key_V, CONTROL)


def cell_editor(editor: RowsEditor) -> QWidget:
    inside = QApplication.focusWidget()
    assert inside is not None
    assert editor.view.isAncestorOf(inside)
    return inside


def press(qtbot: QtBot, editor: RowsEditor, name: str) -> None:
    found = [
        button for button in editor.findChildren(QToolButton) if name in button.accessibleName()
    ]
    qtbot.mouseClick(found[0], Qt.MouseButton.LeftButton)


def test_typing_in_the_empty_row_adds_it_and_return_goes_down(
    qtbot: QtBot, editor: RowsEditor
) -> None:
    for text in ("会标零差错", "茶水及时"):
        qtbot.keyClick(editor.view, Qt.Key.Key_F2)
        inside = cell_editor(editor)
        compose(inside, text)
        qtbot.keyClick(inside, Qt.Key.Key_Return)
    assert cells(editor) == ["会标零差错", "茶水及时"]
    assert editor.view.currentIndex().row() == 2
    assert editor.model.rowCount() == 3


def test_a_letter_begins_a_cell_anew_and_escape_leaves_it_as_it_was(
    qtbot: QtBot, editor: RowsEditor
) -> None:
    paste(qtbot, editor, "原文")
    go(editor, 0)
    qtbot.keyClick(editor.view, Qt.Key.Key_X)
    assert editor.view.state() == QAbstractItemView.State.EditingState
    qtbot.keyClick(cell_editor(editor), Qt.Key.Key_Escape)
    assert cells(editor) == ["原文"]
    qtbot.keyClick(editor.view, Qt.Key.Key_X)
    inside = cell_editor(editor)
    compose(inside, "新")
    qtbot.keyClick(inside, Qt.Key.Key_Return)
    assert "新" in str(cells(editor)[0])
    assert "原文" not in str(cells(editor)[0])


def test_a_block_from_a_spreadsheet_fills_rows_and_adds_them(
    qtbot: QtBot, editor: RowsEditor
) -> None:
    with qtbot.waitSignal(editor.changed):
        paste(qtbot, editor, CLAUSES)
    assert cells(editor) == ["会标零差错", "茶水及时", "座签齐全"]
    assert cells(editor, 1) == ["逐字核对", "每二十分钟", "会前核对"]
    go(editor, 1, 1)
    paste(qtbot, editor, "改一\n改二\n改三\n")
    assert cells(editor, 1) == ["逐字核对", "改一", "改二", "改三"]


def test_what_finds_no_column_is_counted(qtbot: QtBot, editor: RowsEditor) -> None:
    columns = len(editor.model.keys)
    paste(qtbot, editor, "\t".join("格" * (columns + 2)) + "\n")
    assert "2 格没有填入" in editor.notice.text()
    assert editor.notice.isVisible()
    go(editor, 0)
    paste(qtbot, editor, "一格")
    assert not editor.notice.isVisible()


def test_cells_are_copied_and_pasted_as_they_were(qtbot: QtBot, editor: RowsEditor) -> None:
    paste(qtbot, editor, '"两行\n的格"\t=1+1\n"带""引号"\t@甲\n')
    editor.view.selectAll()
    qtbot.keyClick(editor.view, Qt.Key.Key_C, CONTROL)
    # Elsewhere nothing of it is computed.
    assert "\t'=1+1\t" in QApplication.clipboard().text()
    before = [cells(editor, 0), cells(editor, 1)]
    assert before == [["两行\n的格", '带"引号'], ["=1+1", "@甲"]]
    editor.set_raw([])
    go(editor, 0)
    qtbot.keyClick(editor.view, Qt.Key.Key_V, CONTROL)
    after = [[cell for cell in cells(editor, column) if cell] for column in (0, 1)]
    assert after == before


def test_rows_move_with_their_content_and_the_cursor(qtbot: QtBot, editor: RowsEditor) -> None:
    paste(qtbot, editor, CLAUSES)
    keys = cells_keys(editor)
    go(editor, 2)
    qtbot.keyClick(editor.view, Qt.Key.Key_Up, CONTROL)
    qtbot.keyClick(editor.view, Qt.Key.Key_Up, CONTROL)
    qtbot.keyClick(editor.view, Qt.Key.Key_Up, CONTROL)
    assert cells(editor) == ["座签齐全", "会标零差错", "茶水及时"]
    assert editor.view.currentIndex().row() == 0
    press(qtbot, editor, "下移")
    assert cells(editor) == ["会标零差错", "座签齐全", "茶水及时"]
    assert sorted(cells_keys(editor)) == sorted(keys)


def test_several_rows_move_together_again_and_again(qtbot: QtBot, editor: RowsEditor) -> None:
    paste(qtbot, editor, CLAUSES)
    go(editor, 1)
    qtbot.keyClick(editor.view, Qt.Key.Key_Down, SHIFT)
    qtbot.keyClick(editor.view, Qt.Key.Key_Up, CONTROL)
    assert cells(editor) == ["茶水及时", "座签齐全", "会标零差错"]
    assert editor.view.rows_chosen() == [0, 1]
    qtbot.keyClick(editor.view, Qt.Key.Key_Up, CONTROL)
    assert cells(editor) == ["茶水及时", "座签齐全", "会标零差错"]
    qtbot.keyClick(editor.view, Qt.Key.Key_Down, CONTROL)
    assert cells(editor) == ["会标零差错", "茶水及时", "座签齐全"]


def test_shift_widens_from_where_the_cursor_is(qtbot: QtBot, editor: RowsEditor) -> None:
    paste(qtbot, editor, CLAUSES)
    go(editor, 1)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Up):
        qtbot.keyClick(editor.view, key, SHIFT)
    chosen = {(index.row(), index.column()) for index in editor.view.selectedIndexes()}
    assert chosen == {(0, 0), (0, 1), (1, 0), (1, 1)}


def cells_keys(editor: RowsEditor) -> list[str]:
    rows = editor.raw()
    assert isinstance(rows, list)
    return [str(row.get("key")) for row in rows if isinstance(row, dict)]


def test_chosen_rows_are_removed_and_come_back(qtbot: QtBot, editor: RowsEditor) -> None:
    paste(qtbot, editor, CLAUSES)
    go(editor, 0)
    qtbot.keyClick(editor.view, Qt.Key.Key_Down, SHIFT)
    press(qtbot, editor, "删除所选行")
    assert cells(editor) == ["座签齐全"]
    editor.view.setFocus()
    qtbot.keyClick(editor.view, Qt.Key.Key_Z, CONTROL)
    assert cells(editor) == ["会标零差错", "茶水及时", "座签齐全"]
    qtbot.keyClick(editor.view, Qt.Key.Key_Z, CONTROL)
    assert cells(editor) == []


def test_delete_empties_cells_and_keeps_the_rows(qtbot: QtBot, editor: RowsEditor) -> None:
    paste(qtbot, editor, CLAUSES)
    go(editor, 0, 1)
    qtbot.keyClick(editor.view, Qt.Key.Key_Down, SHIFT)
    qtbot.keyClick(editor.view, Qt.Key.Key_Delete)
    assert cells(editor) == ["会标零差错", "茶水及时", "座签齐全"]
    assert [cell or "" for cell in cells(editor, 1)] == ["", "", "会前核对"]


def test_tab_goes_through_the_cells_and_out_at_the_end(qtbot: QtBot, editor: RowsEditor) -> None:
    paste(qtbot, editor, "甲\t乙\n")
    go(editor, 0)
    qtbot.keyClick(editor.view, Qt.Key.Key_Tab)
    assert (editor.view.currentIndex().row(), editor.view.currentIndex().column()) == (0, 1)
    go(editor, editor.model.rowCount() - 1, len(editor.model.keys) - 1)
    qtbot.keyClick(editor.view, Qt.Key.Key_Tab)
    assert not editor.view.hasFocus()
    go(editor, 0)
    qtbot.keyClick(editor.view, Qt.Key.Key_Backtab)
    assert not editor.view.hasFocus()


def test_five_hundred_rows_and_a_very_long_cell_are_taken(qtbot: QtBot, editor: RowsEditor) -> None:
    paste(qtbot, editor, "".join(f"第{n}款\t要求{n}\n" for n in range(500)))
    assert len(cells(editor)) == 500
    go(editor, 0, 1)
    paste(qtbot, editor, "长" * 100_000)
    assert cells(editor, 1)[0] == "长" * 100_000
    QApplication.processEvents()
    assert editor.view.height() <= 460


def test_what_a_row_belongs_to_is_pasted_by_its_words_its_number_or_both(
    qtbot: QtBot, show: Show
) -> None:
    field = KINDS["pledge"].fields["fulfilments"]
    assert isinstance(field, Rows)
    made = RowsEditor(field)
    made.offer("clause", lambda: {"a": "1. 来电即接", "b": "2. 无投诉", "c": "3. 无投诉"})
    show(made)
    go(made, 0)
    paste(qtbot, made, "\n".join(f"2026\t{said}" for said in ("来电即接", "2", "3. 无投诉", "b")))
    assert cells(made, 1) == ["a", "b", "c", "b"]
    # What could be either of two, and what is none, is left for a person to see.
    go(made, 4)
    paste(qtbot, made, "2026\t无投诉\n2026\t没有的条款")
    assert cells(made, 1)[4:] == ["无投诉", "没有的条款"]
    # What is copied from the table itself comes back as it was.
    go(made, 0, 1)
    for _step in range(3):
        qtbot.keyClick(made.view, Qt.Key.Key_Down, SHIFT)
    qtbot.keyClick(made.view, Qt.Key.Key_C, CONTROL)
    copied = QApplication.clipboard().text()
    assert copied.splitlines() == ["1. 来电即接", "2. 无投诉", "3. 无投诉", "2. 无投诉"]
    go(made, 0, 1)
    paste(qtbot, made, copied)
    assert cells(made, 1)[:4] == ["a", "b", "c", "b"]
