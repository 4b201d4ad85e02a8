"""The files of a record: dropped, pasted or chosen; shown as thumbnails with their names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QIcon,
    QImage,
    QKeyEvent,
    QKeySequence,
    QPixmap,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from sanyou_desktop.desktop.editors import attached_file
from sanyou_desktop.desktop.editors.editor import Editor
from sanyou_desktop.desktop.editors.staging import FileDetails, Staging
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.desktop.theme.icons import icon
from sanyou_desktop.desktop.theme.parts import button, text_label
from sanyou_desktop.desktop.theme.tokens import CONTROL_HEIGHT, SPACE_1
from sanyou_desktop.desktop.widgets.flow_layout import FlowLayout
from sanyou_desktop.model.fields import Json, Rows
from sanyou_desktop.model.record import Attachment
from sanyou_desktop.wording import _

_THUMBNAIL = QSize(96, 72)
_CELL = QSize(128, 124)
_EMPTY_HEIGHT = 72
_MARGINS = 16
_RAW = Qt.ItemDataRole.UserRole


class AttachmentsEditor(Editor):
    """A grid of files. Contents go into the ledger at once; the record, once saved, names them."""

    wants_line = True

    def __init__(self, field: Rows, session: Session) -> None:
        """Edit the attachments of a record."""
        super().__init__()
        self._field, self._session = field, session
        self._read_only = False
        self._adding = 0
        # Counts what was shown, so that a file goes to the record it was added to or to none.
        self._shown = 0
        self.setAcceptDrops(True)
        self.list = _Grid(self)
        self.list.itemDoubleClicked.connect(self.open_file)
        self.list.itemSelectionChanged.connect(self._show_what_can_be_done)
        self.details = FileDetails()
        self.details.changed.connect(self._describe)
        self.message = text_label("", "error", wrap=True)
        self.message.hide()
        self._choose = button(_("添加文件…"), self.choose, icon_name="paperclip")
        self._remove = button(_("移除"), self.remove, icon_name="trash-2")
        row = QWidget()
        flow = FlowLayout(row)
        hint = text_label(_("可拖入文件，或复制图片后粘贴（Ctrl+V）"), "caption")
        hint.setMinimumHeight(CONTROL_HEIGHT)
        for widget in (self._choose, self._remove, hint):
            flow.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_1)
        for item in (self.list, self.details, self.message):
            column.addWidget(item)
        column.addWidget(row)
        self.setFocusProxy(self.list)
        self._refresh()

    def stage_by(self, staging: Staging) -> None:
        """Let each photo say whether it shows 整改前 or 整改后, and of which round."""
        self.details.staging = staging

    def raw(self) -> Json:
        """Return the attachments as rows."""
        items = (self.list.item(index) for index in range(self.list.count()))
        return [dict(item.data(_RAW)) for item in items]

    def set_raw(self, raw: Json) -> None:
        """Show attachments; thumbnails follow."""
        self._shown += 1
        self.list.clear()
        self._tell("")
        for row in raw if isinstance(raw, list) else []:
            if isinstance(row, dict):
                self._show(row)
        self._refresh()

    @property
    def is_busy(self) -> bool:
        """Tell whether a file is still on its way into the ledger."""
        return self._adding > 0

    def set_read_only(self, read_only: bool) -> None:
        """Show without letting anything be changed."""
        self._read_only = read_only
        self._choose.setVisible(not read_only)
        self._remove.setVisible(not read_only)
        self.setAcceptDrops(not read_only)
        self._show_what_can_be_done()

    def choose(self) -> None:
        """Add files from a dialog."""
        self.add_files(self._session.ask.open_files(self, _("添加附件"), _("所有文件 (*)")))

    def add_files(self, paths: Sequence[Path]) -> None:
        """Put files into the ledger and show them; what is refused is told, one line a file."""
        self._tell("")
        for path in paths:
            self._add(path, path.name)

    def _add(self, source: Path | bytes, name: str) -> None:
        shown = self._shown
        self._adding += 1

        def added(attachment: Attachment) -> None:
            if shown == self._shown:
                self._added(attachment)
            self._one_done()

        self._session.jobs.write(
            lambda ledger: ledger.attachments.add(source, name),
            added,
            owner=self,
            failed=self._refuser(),
        )

    def _refuser(self) -> Callable[[Exception], None]:
        """Return what ends one addition that failed, and tells so while its record is shown."""
        shown = self._shown

        def refused(error: Exception) -> None:
            if shown == self._shown:
                self._refused(error)
            self._one_done()

        return refused

    def _one_done(self) -> None:
        self._adding -= 1
        if not self._adding:
            self.settled.emit()

    def remove(self) -> None:
        """Take the chosen files off the record; their contents stay in its history."""
        if self._read_only:
            return
        for item in self.list.selectedItems():
            self.list.takeItem(self.list.row(item))
        self._refresh()
        self.changed.emit()

    def open_file(self, item: QListWidgetItem) -> None:
        """Open a copy of the file in the program that belongs to it."""
        raw = item.data(_RAW)
        attached_file.open_copy(
            self._session, str(raw["name"]), str(raw["sha256"]), owner=self, failed=self._refused
        )

    def save_as(self, item: QListWidgetItem) -> None:
        """Write the file where the user wants it."""
        raw = item.data(_RAW)
        target = self._session.ask.save_file(
            self, _("另存附件"), str(raw["name"]), _("所有文件 (*)")
        )
        if target is not None:
            attached_file.save_copy(
                self, self._session, raw, target, told=self._tell, failed=self._refused
            )

    def paste(self) -> None:
        """Add what is on the clipboard: files, or a picture."""
        if self._read_only:
            return
        mime = QGuiApplication.clipboard().mimeData()
        paths = attached_file.files_of(mime)
        if paths:
            self.add_files(paths)
        elif mime.hasImage():
            self._add_picture(QGuiApplication.clipboard().image())

    def _add_picture(self, image: QImage) -> None:
        shown = self._shown
        self._tell("")
        self._adding += 1

        def made(content: bytes) -> None:
            if shown == self._shown:
                self._add(content, _("截图.png"))
            self._one_done()

        self._session.jobs.run(
            lambda _progress: attached_file.png(image), made, owner=self, failed=self._refuser()
        )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        if event.mimeData().hasUrls() and not self._read_only:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add the files dropped."""
        if not self._read_only:
            self.add_files(attached_file.files_of(event.mimeData()))
            event.acceptProposedAction()

    def _added(self, attachment: Attachment) -> None:
        row = self._field.typed((attachment,))
        assert isinstance(row, list)
        assert isinstance(row[0], dict)
        if self._has(attachment):
            self._tell(_("「{name}」已在附件中，没有重复添加。").format(name=attachment.name))
            return
        self._show(row[0] | self._usual(row[0]))
        self._refresh()
        self.changed.emit()

    def _usual(self, raw: dict[str, Json]) -> dict[str, Json]:
        """Return what a file that is added now most likely shows."""
        if self.details.staging is None or not attached_file.is_picture(raw):
            return {}
        stage, number = self.details.staging.usual()
        return {"stage": stage, "round": number}

    def _describe(self, told: dict[str, Json]) -> None:
        """Note what was said of the chosen file."""
        (item,) = self.list.selectedItems()
        item.setData(_RAW, {**item.data(_RAW), **told})
        self._label(item)
        self.changed.emit()

    def _label(self, item: QListWidgetItem) -> None:
        raw = item.data(_RAW)
        name, caption = str(raw.get("name") or ""), str(raw.get("caption") or "")
        stage = self.details.staging.label(raw) if self.details.staging else ""
        size = attached_file.size_in_words(raw.get("size"))
        shown = caption or name
        if stage:
            # Two lines have room below the picture.
            metrics, room = self.list.fontMetrics(), _CELL.width() - _MARGINS
            shown = metrics.elidedText(shown, Qt.TextElideMode.ElideRight, room)
            shown = f"{stage}\n{shown}"
        item.setText(shown)
        item.setToolTip("\n".join(filter(None, [name, caption, stage, size])))

    def _has(self, attachment: Attachment) -> bool:
        there = (self.list.item(index).data(_RAW) for index in range(self.list.count()))
        wanted = (attachment.name, attachment.sha256)
        return any((raw.get("name"), raw.get("sha256")) == wanted for raw in there)

    def _refused(self, error: Exception) -> None:
        self._tell(str(error))

    def _tell(self, text: str) -> None:
        """Add a line to what is told; "" takes all lines away."""
        lines = [*self.message.text().split("\n"), text] if text else []
        self.message.setText("\n".join(filter(None, lines)))
        self.message.setVisible(bool(text))

    def _show(self, raw: dict[str, Json]) -> None:
        item = QListWidgetItem(icon(attached_file.icon_of(raw), "muted"), "")
        item.setData(_RAW, dict(raw))
        self._label(item)
        item.setSizeHint(_CELL)
        item.setTextAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.list.addItem(item)
        if attached_file.is_picture(raw):
            self._load_thumbnail(item, str(raw.get("sha256") or ""))

    def _load_thumbnail(self, item: QListWidgetItem, sha256: str) -> None:
        shown = self._shown

        def show(image: QImage) -> None:
            # Once other files are shown, this item is gone and may not even be asked.
            if shown == self._shown and not image.isNull() and self.list.row(item) >= 0:
                item.setIcon(QIcon(QPixmap.fromImage(image)))

        attached_file.load_thumbnail(
            self._session, sha256, _THUMBNAIL, show, owner=self.list, failed=self._refused
        )

    def _show_what_can_be_done(self) -> None:
        chosen = self.list.selectedItems()
        self._remove.setEnabled(bool(chosen))
        one = chosen[0].data(_RAW) if len(chosen) == 1 and not self._read_only else None
        self.details.show_row(one)

    def _refresh(self) -> None:
        self._show_what_can_be_done()
        per_row = max(self.list.width() // _CELL.width(), 1)
        rows = -(-self.list.count() // per_row)
        self.list.setFixedHeight(max(rows * _CELL.height() + 8, _EMPTY_HEIGHT))

    def menu_for(self, item: QListWidgetItem) -> QMenu:
        """Return what can be done with one file."""
        menu = QMenu(self)
        menu.addAction(_("打开"), lambda: self.open_file(item))
        menu.addAction(_("另存为…"), lambda: self.save_as(item))
        if not self._read_only:
            menu.addAction(_("移除"), self.remove)
        return menu


class _Grid(QListWidget):
    """The thumbnails; hands paste and delete to the editor."""

    def __init__(self, editor: AttachmentsEditor) -> None:
        super().__init__(editor)
        self._editor = editor
        self.setViewMode(QListWidget.ViewMode.IconMode)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setMovement(QListWidget.Movement.Static)
        self.setIconSize(_THUMBNAIL)
        self.setGridSize(_CELL)
        self.setWordWrap(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Paste, remove, open."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self._editor.paste()
        elif event.key() == Qt.Key.Key_Delete:
            self._editor.remove()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.selectedItems():
            self._editor.open_file(self.currentItem())
        else:
            super().keyPressEvent(event)

    def _menu(self, at: Any) -> None:  # noqa: ANN401 - QPoint
        item = self.itemAt(at)
        if item is not None:
            menu = self._editor.menu_for(item)
            menu.exec(self.viewport().mapToGlobal(at))
            menu.deleteLater()
