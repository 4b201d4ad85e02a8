"""A reference to another record, found by searching."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem

from sanyou_desktop.desktop.editors.editor import Editor
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.desktop.theme.icons import icon
from sanyou_desktop.desktop.theme.parts import icon_button
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.query import Query
from sanyou_desktop.ledger.search import Hit
from sanyou_desktop.model.fields import Json, Reference
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.wording import _

_PAUSE_MS = 150
_SHOWN = 12
_ROW = 32


class ReferenceEditor(Editor):
    """Type two characters of number or title, pick with arrow keys and Return."""

    open_requested = Signal(str)

    def __init__(self, field: Reference, session: Session) -> None:
        """Look among the kinds that ``field`` may refer to."""
        super().__init__()
        self._field, self._session = field, session
        self._id = ""
        self._shown = ""
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._look)
        self.line = QLineEdit()
        names = _("、").join(_(kind_of(kind).title) for kind in field.kinds)
        self.line.setPlaceholderText(_("输入编号、标题或拼音查找{kinds}").format(kinds=names))
        self.line.addAction(icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.line.textEdited.connect(lambda _text: self._pause.start())
        self.line.installEventFilter(self)
        self.open = icon_button("external-link", _("打开所引用的记录"), self._open)
        self.clear = icon_button("x", _("清除引用"), self._clear)
        self._hold(self.line, self.open, self.clear)
        self.popup = QListWidget(self)
        self.popup.setWindowFlags(Qt.WindowType.ToolTip)
        self.popup.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.popup.itemClicked.connect(self._take)
        self._update_buttons()

    def raw(self) -> Json:
        """Return the id referred to, "" for none."""
        return self._id

    def set_raw(self, raw: Json) -> None:
        """Refer to the record with that id."""
        self._id = str(raw or "")
        self._show_title("")
        if self._id:
            wanted = self._id
            self._session.jobs.read(
                lambda ledger: ledger.titles([wanted]), self._titled, owner=self
            )
        self._update_buttons()

    def set_read_only(self, read_only: bool) -> None:
        """Show without letting anything be changed."""
        self.line.setReadOnly(read_only)
        self.clear.setVisible(not read_only)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Steer the list from the line; put the title back when the line is left."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        if event.type() == QEvent.Type.FocusOut:
            self.popup.hide()
            if not self.line.text().strip() and self._id and not self.line.isReadOnly():
                self._clear()
            else:
                self.line.setText(self._shown)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key == Qt.Key.Key_Down and not self.popup.isVisible():
            self._look()
            return True
        if not self.popup.isVisible():
            return False
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if key == Qt.Key.Key_Down else -1
            row = (self.popup.currentRow() + step) % self.popup.count()
            self.popup.setCurrentRow(row)
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(self.popup.currentItem())
            return True
        if key == Qt.Key.Key_Escape:
            self.popup.hide()
            return True
        return False

    def _look(self) -> None:
        text = self.line.text().strip() if self.line.text() != self._shown else ""
        kinds = self._field.kinds
        self._session.jobs.read(lambda ledger: _found(ledger, text, kinds), self._offer, owner=self)

    def _offer(self, hits: list[Hit]) -> None:
        self.popup.clear()
        if not self.line.hasFocus() or self.line.isReadOnly():
            return
        for hit in hits:
            kind = _(kind_of(hit.kind).title)
            item = QListWidgetItem(f"{hit.number}  {hit.title}  · {kind}")
            item.setData(Qt.ItemDataRole.UserRole, hit)
            self.popup.addItem(item)
        if not hits:
            item = QListWidgetItem(_("没有找到"))
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.popup.addItem(item)
        self.popup.setCurrentRow(0)
        self.popup.resize(self.line.width(), _ROW * min(self.popup.count(), 8) + 4)
        self.popup.move(self.line.mapToGlobal(QPoint(0, self.line.height())))
        self.popup.show()

    def _take(self, item: QListWidgetItem | None) -> None:
        hit = item.data(Qt.ItemDataRole.UserRole) if item else None
        if hit is None:
            return
        self._id = hit.id
        self._show_title(f"{hit.number}  {hit.title}")
        self.popup.hide()
        self._update_buttons()
        self.changed.emit()

    def _titled(self, titles: dict[str, tuple[str, str, str]]) -> None:
        if self._id in titles:
            _kind, number, title = titles[self._id]
            self._show_title(f"{number}  {title}")

    def _show_title(self, text: str) -> None:
        self._shown = text
        self.line.setText(text)
        self.line.setCursorPosition(0)

    def _open(self) -> None:
        self.open_requested.emit(self._id)

    def _clear(self) -> None:
        self._id = ""
        self._show_title("")
        self._update_buttons()
        self.changed.emit()

    def _update_buttons(self) -> None:
        self.open.setEnabled(bool(self._id))
        self.clear.setEnabled(bool(self._id))


def _found(ledger: Ledger, text: str, kinds: Sequence[str]) -> list[Hit]:
    if text:
        return ledger.search(text, limit=_SHOWN, kinds=kinds)
    newest = Query(sort="updated_at")
    hits: list[Hit] = []
    for kind in kinds:
        lines = ledger.page(kind, newest, ("number", "title"), 0, _SHOWN // len(kinds))
        hits += [Hit(kind, line.id, line.values[0], line.values[1], "") for line in lines]
    return hits
