"""A form of a ledger that cannot be written shows everything, lets it be copied, changes none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.editors.rows import RowsEditor
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.kinds import KINDS
from tests.desktop.clerk import compose
from tests.desktop.conftest import UNIT, Desk, pledge, settled
from tests.desktop.forms.filling import CONTROL, paste_into, shown_form

OpenCopy = Callable[..., Desk]
REASON = "文件在只读的光盘上。"


@pytest.fixture
def at(desk: OpenCopy, few: Path) -> Desk:
    return desk(few, read_only_reason=REASON)


@pytest.fixture
def rich(few: Path, tmp_path: Path) -> Path:
    """A ledger whose one pledge has clauses and a file."""
    path = tmp_path / "rich.sytz"
    path.write_bytes(few.read_bytes())
    with Ledger.open(path) as ledger:
        file = ledger.attachments.add(b"abc", "a.txt")
        record = pledge(
            "带附件的承诺",
            statement="承诺内容",
            clauses=[{"text": "热心", "standard": "倒水"}, {"text": "细心"}],
            attachments=[
                {
                    "name": file.name,
                    "sha256": file.sha256,
                    "size": file.size,
                    "media_type": file.media_type,
                }
            ],
        )
        ledger.save(record)
    (tmp_path / "elsewhere").mkdir()
    return path.rename(tmp_path / "elsewhere" / "rich.sytz")


@pytest.mark.parametrize("kind", list(KINDS))
def test_no_key_changes_anything(qtbot: QtBot, at: Desk, kind: str) -> None:
    form = shown_form(qtbot, at, kind)
    form.open_draft(Draft.new(kind, UNIT))
    before = {key: editor.raw() for key, editor in form.body.editors.items()}
    QApplication.clipboard().setText("粘贴\t的内容")

    for editor in form.body.editors.values():
        widget = editor.focusProxy() or editor
        widget.setFocus()
        # Qt offers an input method only where it may write.
        if widget.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled):
            compose(widget, "甲乙")
        for key in (Qt.Key.Key_A, Qt.Key.Key_Delete, Qt.Key.Key_Down, Qt.Key.Key_Space):
            qtbot.keyClick(widget, key)
        for key in (Qt.Key.Key_V, Qt.Key.Key_X, Qt.Key.Key_Semicolon):
            qtbot.keyClick(widget, key, CONTROL)

    assert {key: editor.raw() for key, editor in form.body.editors.items()} == before
    assert not form.is_dirty
    assert not form.foot.save.isVisible()


def test_a_save_shortcut_saves_nothing(qtbot: QtBot, at: Desk) -> None:
    form = shown_form(qtbot, at, "pledge")
    form.open_record(at.stored("pledge")[0])

    form.save()
    settled(qtbot, at.session)

    assert at.stored("pledge")[0].revision == 1
    assert at.failures == []


def test_texts_and_cells_can_be_copied(qtbot: QtBot, desk: OpenCopy, rich: Path) -> None:
    at = desk(rich, read_only_reason=REASON)
    record = next(item for item in at.stored("pledge") if item.title == "带附件的承诺")
    form = shown_form(qtbot, at, "pledge")
    form.open_record(record)
    settled(qtbot, at.session)

    line = form.body.editors["title"].findChild(QLineEdit)
    box = form.body.editors["statement"].findChild(QPlainTextEdit)
    for widget, text in ((line, "带附件的承诺"), (box, "承诺内容")):
        assert widget is not None
        widget.setFocus()
        qtbot.keyClick(widget, Qt.Key.Key_A, CONTROL)
        qtbot.keyClick(widget, Qt.Key.Key_C, CONTROL)
        assert QApplication.clipboard().text() == text

    sheet = form.body.editors["clauses"]
    assert isinstance(sheet, RowsEditor)
    assert sheet.model.rowCount() == 2
    sheet.view.setFocus()
    sheet.view.selectAll()
    qtbot.keyClick(sheet.view, Qt.Key.Key_C, CONTROL)
    assert QApplication.clipboard().text() == "热心\t倒水\t\t\n细心\t\t\t\n"
    paste_into(qtbot, sheet.view, "改\t了")
    assert sheet.model.raw()[0]["text"] == "热心"


def test_history_offers_no_way_back(qtbot: QtBot, at: Desk) -> None:
    form = shown_form(qtbot, at, "pledge")
    form.open_record(at.stored("pledge")[0])

    assert form.history.isVisible()
    qtbot.mouseClick(form.history.toggle, Qt.MouseButton.LeftButton)
    settled(qtbot, at.session)
    assert "恢复到这一版" not in texts_of_buttons(form.history)


def texts_of_buttons(panel: object) -> list[str]:
    from PySide6.QtWidgets import QPushButton, QWidget

    assert isinstance(panel, QWidget)
    return [button.text() for button in panel.findChildren(QPushButton) if button.isVisible()]
