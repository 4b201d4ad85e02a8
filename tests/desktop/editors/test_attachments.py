"""Files come into a record from dialog, file manager and clipboard; what is refused is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDesktopServices, QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.editors import attached_file
from sanyou_desktop.desktop.editors.attachments import AttachmentsEditor
from sanyou_desktop.desktop.editors.editor import Editor
from sanyou_desktop.ledger import attachments as limits
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.fields import Rows
from sanyou_desktop.model.kinds import KINDS
from tests.desktop.conftest import Desk, settled
from tests.desktop.forms.filling import paste_files, saved, shown_form, type_into

Show = Callable[[Editor], None]


@pytest.fixture
def editor(qtbot: QtBot, at: Desk, show: Show) -> AttachmentsEditor:
    field = KINDS["pledge"].fields["attachments"]
    assert isinstance(field, Rows)
    made = AttachmentsEditor(field, at.session)
    show(made)
    return made


@pytest.fixture
def text_file(tmp_path: Path) -> Path:
    path = tmp_path / "来访登记 =1 𠮷.txt"
    path.write_text("登记", encoding="utf-8")
    return path


def picture(path: Path, width: int = 400, height: int = 300) -> Path:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("#c02040"))
    assert image.save(str(path))
    return path


def names(editor: AttachmentsEditor) -> list[str]:
    return [editor.list.item(row).text() for row in range(editor.list.count())]


def drop(editor: AttachmentsEditor, *paths: Path) -> bool:
    """Let go of files over the editor, as Qt tells it; return whether they were taken."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    held = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, mime, *held)
    editor.dropEvent(event)
    return event.isAccepted()


def press(qtbot: QtBot, editor: AttachmentsEditor, text: str) -> None:
    button = next(b for b in editor.findChildren(QPushButton) if b.text() == text)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_file_is_chosen_in_a_dialog(
    qtbot: QtBot,
    at: Desk,
    editor: AttachmentsEditor,
    text_file: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(at.session.ask, "open_files", lambda *_asked: [text_file])
    with qtbot.waitSignal(editor.changed):
        press(qtbot, editor, "添加文件…")

    assert names(editor) == [text_file.name]


def test_a_dialog_that_is_cancelled_adds_nothing(
    qtbot: QtBot, at: Desk, editor: AttachmentsEditor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(at.session.ask, "open_files", lambda *_asked: [])
    press(qtbot, editor, "添加文件…")
    settled(qtbot, at.session)

    assert names(editor) == []
    assert not editor.is_busy


def test_files_are_dropped(
    qtbot: QtBot, at: Desk, editor: AttachmentsEditor, text_file: Path, tmp_path: Path
) -> None:
    taken = drop(editor, text_file, picture(tmp_path / "照片.png"))
    settled(qtbot, at.session)

    assert taken
    # What is dragged over the grid reaches the editor.
    assert editor.acceptDrops()
    assert not editor.list.viewport().acceptDrops()
    assert names(editor) == [text_file.name, "照片.png"]


def test_a_picture_is_pasted(qtbot: QtBot, at: Desk, editor: AttachmentsEditor) -> None:
    image = QImage(64, 48, QImage.Format.Format_RGB32)
    image.fill(QColor("#c02040"))
    QApplication.clipboard().setImage(image)
    editor.list.setFocus()
    qtbot.keyClick(editor.list, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    settled(qtbot, at.session)

    assert names(editor) == ["截图.png"]
    raw = editor.raw()
    assert isinstance(raw, list)
    assert isinstance(raw[0], dict)
    assert raw[0]["media_type"] == "image/png"


def test_a_picture_shows_itself_small(
    qtbot: QtBot, at: Desk, editor: AttachmentsEditor, tmp_path: Path
) -> None:
    drop(editor, picture(tmp_path / "照片.png", 4000, 3000))
    settled(qtbot, at.session)

    drawn = editor.list.item(0).icon().pixmap(editor.list.iconSize()).toImage()
    centre = drawn.pixelColor(drawn.width() // 2, drawn.height() // 2)
    assert centre.name() == "#c02040"
    assert drawn.width() <= 96


def test_a_damaged_picture_keeps_its_icon_and_its_place(
    qtbot: QtBot, at: Desk, editor: AttachmentsEditor, tmp_path: Path
) -> None:
    broken = tmp_path / "坏.png"
    broken.write_bytes(b"\x89PNG\r\n\x1a\n" + b"x" * 100)
    drop(editor, broken)
    settled(qtbot, at.session)

    assert names(editor) == ["坏.png"]
    assert not editor.list.item(0).icon().isNull()


def test_the_same_file_twice_is_kept_once_and_told(
    qtbot: QtBot, at: Desk, editor: AttachmentsEditor, text_file: Path
) -> None:
    drop(editor, text_file, text_file)
    settled(qtbot, at.session)

    assert names(editor) == [text_file.name]
    assert editor.message.text() == f"「{text_file.name}」已在附件中，没有重复添加。"


def test_the_same_name_with_other_content_is_another_file(
    qtbot: QtBot, at: Desk, editor: AttachmentsEditor, text_file: Path, tmp_path: Path
) -> None:
    other = tmp_path / "elsewhere" / text_file.name
    other.parent.mkdir()
    other.write_text("别的登记", encoding="utf-8")
    drop(editor, text_file, other)
    settled(qtbot, at.session)

    assert names(editor) == [text_file.name] * 2
    assert not editor.message.isVisible()


def test_every_file_that_is_refused_is_told_and_the_others_are_added(
    qtbot: QtBot,
    at: Desk,
    editor: AttachmentsEditor,
    text_file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "LARGEST", 1024 * 1024)
    empty, large = tmp_path / "空.txt", tmp_path / "大.bin"
    empty.touch()
    large.write_bytes(b"x" * (1024 * 1024 + 1))
    drop(editor, tmp_path / "不在.txt", empty, large, tmp_path, text_file)
    settled(qtbot, at.session)

    assert names(editor) == [text_file.name]
    told = editor.message.text().splitlines()
    for line, words in zip(
        told, ("找不到「不在.txt」", "是空文件", "超过 1 MB", "是文件夹"), strict=True
    ):
        assert words in line
    assert at.failures == []


def test_large_files_are_added_while_the_window_stays_awake(
    qtbot: QtBot, at: Desk, editor: AttachmentsEditor, tmp_path: Path
) -> None:
    large = tmp_path / "录像.bin"
    large.write_bytes(b"\1" * 30_000_000)
    drop(editor, large)
    assert editor.is_busy
    with qtbot.waitSignal(editor.settled, timeout=30_000):
        pass

    assert names(editor) == ["录像.bin"]
    assert editor.list.item(0).toolTip() == "录像.bin\n28.6 MB"


def test_only_chosen_files_are_removed(
    qtbot: QtBot, at: Desk, editor: AttachmentsEditor, text_file: Path, tmp_path: Path
) -> None:
    drop(editor, text_file, picture(tmp_path / "照片.png"))
    settled(qtbot, at.session)
    remove = next(b for b in editor.findChildren(QPushButton) if b.text() == "移除")
    assert not remove.isEnabled()

    editor.list.setFocus()
    editor.list.setCurrentRow(0)
    assert remove.isEnabled()
    qtbot.keyClick(editor.list, Qt.Key.Key_Delete)

    assert names(editor) == ["照片.png"]


def test_return_opens_a_copy_with_the_name_of_the_file(
    qtbot: QtBot,
    at: Desk,
    editor: AttachmentsEditor,
    text_file: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", lambda url: opened.append(Path(url.toLocalFile()))
    )
    drop(editor, text_file)
    settled(qtbot, at.session)
    editor.list.setFocus()
    editor.list.setCurrentRow(0)
    qtbot.keyClick(editor.list, Qt.Key.Key_Return)
    settled(qtbot, at.session)

    assert [path.name for path in opened] == [text_file.name]
    assert opened[0].read_text(encoding="utf-8") == "登记"


def test_what_the_ledger_has_lost_is_told_when_it_is_opened(
    qtbot: QtBot, at: Desk, editor: AttachmentsEditor
) -> None:
    editor.set_raw(
        [{"name": "旧.txt", "sha256": "0" * 64, "size": "3", "media_type": "text/plain"}]
    )
    editor.list.setFocus()
    editor.list.setCurrentRow(0)
    qtbot.keyClick(editor.list, Qt.Key.Key_Return)
    settled(qtbot, at.session)

    assert editor.message.text().startswith("台账中没有这个附件的内容")
    assert editor.message.isVisible()


def test_text_on_the_clipboard_is_no_file(
    qtbot: QtBot, at: Desk, editor: AttachmentsEditor
) -> None:
    QApplication.clipboard().setText("只是文字")
    editor.paste()
    settled(qtbot, at.session)

    assert names(editor) == []
    assert at.failures == []


def test_a_file_under_way_does_not_go_to_another_record(
    qtbot: QtBot, at: Desk, editor: AttachmentsEditor, text_file: Path
) -> None:
    drop(editor, text_file)
    editor.set_raw([])
    settled(qtbot, at.session)

    assert names(editor) == []
    assert not editor.is_busy


def test_a_picture_that_comes_late_is_not_drawn_into_another_record(
    qtbot: QtBot, at: Desk, editor: AttachmentsEditor, tmp_path: Path
) -> None:
    drop(editor, picture(tmp_path / "照片.png"))
    settled(qtbot, at.session)
    held = editor.raw()
    editor.set_raw(held)
    editor.set_raw(held)
    settled(qtbot, at.session)

    assert names(editor) == ["照片.png"]
    assert at.failures == []


def test_a_picture_that_cannot_be_taken_leaves_the_form_usable(
    qtbot: QtBot, at: Desk, editor: AttachmentsEditor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_image: QImage) -> bytes:
        raise MemoryError("图片太大")

    monkeypatch.setattr(attached_file, "png", fail)
    QApplication.clipboard().setImage(QImage(8, 8, QImage.Format.Format_RGB32))
    editor.paste()
    settled(qtbot, at.session)

    assert not editor.is_busy
    assert editor.message.text() == "图片太大"


def test_a_file_is_saved_elsewhere(
    qtbot: QtBot,
    at: Desk,
    editor: AttachmentsEditor,
    text_file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drop(editor, text_file)
    settled(qtbot, at.session)
    for target in (tmp_path / "另存.txt", tmp_path / "没有" / "另存.txt"):
        monkeypatch.setattr(at.session.ask, "save_file", lambda *_asked, it=target: it)
        editor.save_as(editor.list.item(0))
        settled(qtbot, at.session)

    assert (tmp_path / "另存.txt").read_text(encoding="utf-8") == "登记"
    assert "不存在，没有写入" in editor.message.text()


def test_saving_waits_for_a_file_under_way(qtbot: QtBot, at: Desk, text_file: Path) -> None:
    form = shown_form(qtbot, at, "pledge")
    title, files = form.body.editors["title"], form.body.editors["attachments"]
    assert isinstance(files, AttachmentsEditor)
    type_into(title.focusProxy() or title, "有附件的承诺")
    gate = Event()
    at.session.jobs.write(lambda _ledger: gate.wait(10), lambda _done: None, owner=form)
    paste_files(qtbot, files, [text_file])

    form.save()
    assert form.foot.state.text() == "正在添加附件，完成后继续…"
    gate.set()
    settled(qtbot, at.session)

    with Ledger.open(at.session.path, read_only=True) as ledger:
        kept = next(r for r in ledger.records("pledge") if r.title == "有附件的承诺")
    assert [file.name for file in kept.attachments] == [text_file.name]
    assert not form.is_dirty


def test_leaving_waits_for_a_file_under_way_and_then_asks(
    qtbot: QtBot, at: Desk, text_file: Path
) -> None:
    form = shown_form(qtbot, at, "pledge")
    form.open_record(at.stored("pledge")[0])
    files = form.body.editors["attachments"]
    assert isinstance(files, AttachmentsEditor)
    paste_files(qtbot, files, [text_file])
    left: list[bool] = []

    form.leave(lambda: left.append(True))
    settled(qtbot, at.session)

    assert left == []
    assert len(at.ask.asked) == 1
    assert names(files) == [text_file.name]


def test_files_are_there_when_the_record_is_reopened(
    qtbot: QtBot, at: Desk, text_file: Path, tmp_path: Path
) -> None:
    form = shown_form(qtbot, at, "pledge")
    title, files = form.body.editors["title"], form.body.editors["attachments"]
    assert isinstance(files, AttachmentsEditor)
    type_into(title.focusProxy() or title, "有附件的承诺")
    paste_files(qtbot, files, [text_file, picture(tmp_path / "照片.png")])
    settled(qtbot, at.session)
    before = files.raw()

    record_id = saved(qtbot, at, form)
    form.open_record(next(r for r in at.stored("pledge") if r.id == record_id))
    settled(qtbot, at.session)

    assert files.raw() == before
    assert files.list.visualItemRect(files.list.item(0)).contains(QPoint(20, 20))
