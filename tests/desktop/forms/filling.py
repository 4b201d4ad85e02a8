"""Filling a form as a clerk does, whatever its fields: keys, input method, mouse, clipboard."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.editors.attachments import AttachmentsEditor
from sanyou_desktop.desktop.editors.choice import ChoiceEditor, ChoicesEditor, FlagEditor
from sanyou_desktop.desktop.editors.date import DateEditor
from sanyou_desktop.desktop.editors.editor import Editor
from sanyou_desktop.desktop.editors.long_text import LongTextEditor
from sanyou_desktop.desktop.editors.reference import ReferenceEditor
from sanyou_desktop.desktop.editors.rows import RowsEditor
from sanyou_desktop.desktop.editors.text import TextEditor
from sanyou_desktop.desktop.forms.form import RecordForm
from sanyou_desktop.model.fields import (
    Amount,
    Choice,
    Choices,
    Count,
    Date,
    Field,
    Flag,
    LongText,
    Names,
    Number,
    Reference,
    Rows,
)
from sanyou_desktop.model.record import Attachment
from tests.desktop.clerk import compose
from tests.desktop.conftest import Desk, settled

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def shown_form(qtbot: QtBot, desk: Desk, kind: str, height: int = 760) -> RecordForm:
    """Return a form on the screen, with the keyboard, showing a new record."""
    form = RecordForm(kind, desk.session)
    qtbot.addWidget(form)
    form.resize(640, height)
    with qtbot.waitActive(form):
        form.show()
        form.activateWindow()
    settled(qtbot, desk.session)
    return form


def reopened(qtbot: QtBot, desk: Desk, form: RecordForm, record_id: str) -> None:
    """Show a record in the form as it stands in the file."""
    kind = form.draft.kind
    form.open_record(next(item for item in desk.stored(kind) if item.id == record_id))
    settled(qtbot, desk.session)


def saved(qtbot: QtBot, desk: Desk, form: RecordForm) -> str:
    """Press save, wait, and return the record's id."""
    qtbot.mouseClick(form.foot.save, Qt.MouseButton.LeftButton)
    settled(qtbot, desk.session)
    assert not form.is_dirty, [str(problem) for problem in form.draft.problems()]
    return form.record_id


def type_into(widget: QWidget, text: str) -> None:
    """Enter text through the input method where the cursor is."""
    widget.setFocus()
    compose(widget, text)


def paste_into(qtbot: QtBot, widget: QWidget, text: str) -> None:
    """Paste text with Ctrl+V."""
    QApplication.clipboard().setText(text)
    widget.setFocus()
    qtbot.keyClick(widget, Qt.Key.Key_V, CONTROL)


def choose(qtbot: QtBot, editor: ChoiceEditor, title: str) -> None:
    """Choose an option of a combo box with the arrow keys."""
    editor.combo.setFocus()
    qtbot.keyClick(editor.combo, Qt.Key.Key_Home)
    while editor.combo.currentText() != title:
        before = editor.combo.currentIndex()
        qtbot.keyClick(editor.combo, Qt.Key.Key_Down)
        assert editor.combo.currentIndex() != before, f"{title} is not offered"


def enter(qtbot: QtBot, desk: Desk, editor: Editor, text: str) -> None:
    """Enter ``text`` in whatever way the editor takes it.

    Rows take a block with tabs, several choices are separated by 、, attachments take paths.
    """
    if isinstance(editor, TextEditor | DateEditor):
        type_into(editor.line, text)
    elif isinstance(editor, LongTextEditor):
        type_into(editor.box, text)
    elif isinstance(editor, ChoiceEditor):
        choose(qtbot, editor, text)
    elif isinstance(editor, ChoicesEditor):
        for toggle in editor.toggles.values():
            if toggle.text() in text.split("、"):
                qtbot.mouseClick(toggle, Qt.MouseButton.LeftButton)
    elif isinstance(editor, FlagEditor):
        qtbot.keyClick(editor.box, Qt.Key.Key_Space)
    elif isinstance(editor, RowsEditor):
        editor.view.setCurrentIndex(editor.model.index(0, 0))
        paste_into(qtbot, editor.view, text)
    elif isinstance(editor, AttachmentsEditor):
        paste_files(qtbot, editor, [Path(text)])
        settled(qtbot, desk.session)
    else:
        assert isinstance(editor, ReferenceEditor), type(editor)
        type_into(editor.line, text)
        qtbot.waitUntil(editor.popup.isVisible)
        qtbot.keyClick(editor.line, Qt.Key.Key_Return)


def paste_files(qtbot: QtBot, editor: AttachmentsEditor, paths: list[Path]) -> None:
    """Paste files that were copied in a file manager."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    QApplication.clipboard().setMimeData(mime)
    editor.list.setFocus()
    qtbot.keyClick(editor.list, Qt.Key.Key_V, CONTROL)
    # Without a screen the clipboard outlives Python, and would free what Python made after it.
    QApplication.clipboard().clear()


def something_for(key: str, field: Field[Any], given: Mapping[str, str], file: Path) -> str:
    """Return what can be typed into a field of that type, rare characters where text may be."""
    if key in given:
        return given[key]
    if isinstance(field, Rows):
        if field.row is Attachment:
            return str(file)
        cells = [something_for(name, item, {}, file) for name, item in field.columns.items()]
        return "\n".join(["\t".join(cells)] * 2)
    if isinstance(field, Choice):
        return field.enum[-1].title
    if isinstance(field, Choices):
        return "、".join(option.title for option in field.enum[1:])
    for declared, text in (
        (Date, "2026年3月5日"),
        (Count, "3"),
        (Number, "１，234.5" if field.title == "目标值" else "2.5"),
        (Amount, "20多万元"),
        (Flag, "是"),
        (Reference, "四心"),
        (Names, "张三、𠮷田🙂"),
        (LongText, f"={field.title}\n第二行 𠮷㐂 🙂\n-末行"),
    ):
        if isinstance(field, declared):
            return text
    return f"{field.title}𠮷㐂🙂"
