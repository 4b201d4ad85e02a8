"""A reference to another record, found by searching."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem

from sanyou_desktop.desktop.editors.editor import Editor
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.desktop.theme.icons import icon
from sanyou_desktop.desktop.theme.parts import icon_button
from sanyou_desktop.desktop.widgets.placing import place_below
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.query import Query
from sanyou_desktop.ledger.search import Hit
from sanyou_desktop.model.fields import Json, Reference
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.model.problems import Problem
from sanyou_desktop.wording import _

_PAUSE_MS = 150
_SHOWN = 12
# Of each kind, where they are looked up kind by kind.
_LEAST = 4
_ROW = 32


class ReferenceEditor(Editor):
    """Type two characters of number or title, pick with arrow keys and Return.

    Text that was typed and led to no record stays, and is a problem until one is picked; Escape
    brings back what was picked before.
    """

    open_requested = Signal(str)
    # Id and words of the record that was picked.
    picked = Signal(str, str)

    def __init__(self, field: Reference, session: Session, *, unit: str = "") -> None:
        """Look among the kinds that ``field`` may refer to; only of a ``unit``, if one is named."""
        super().__init__()
        self._field, self._session, self._unit = field, session, unit
        self._id = ""
        self._shown = ""
        self._typed = False  # the line no longer shows the record picked
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._look)
        self.line = QLineEdit()
        names = _("、").join(_(kind_of(kind).title) for kind in field.kinds)
        self.line.setPlaceholderText(_("输入编号、标题或拼音查找{kinds}").format(kinds=names))
        self.line.addAction(icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.line.textEdited.connect(lambda _text: self._edited())
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
        """Return the id referred to, or what was typed and led to none; "" for nothing."""
        return self.line.text().strip() if self._typed else self._id

    def set_raw(self, raw: Json) -> None:
        """Refer to the record with that id, or show what was typed in search of one."""
        text = str(raw or "")
        self._id = text if _is_id(text) else ""
        self._show_title("" if self._id else text)
        self._typed = bool(text) and not self._id
        if self._id:
            wanted = self._id
            self._session.jobs.read(
                lambda ledger: ledger.titles([wanted]),
                lambda titles: self._titled(wanted, titles),
                owner=self,
            )
        self._update_buttons()

    def words_for(self, problem: Problem) -> str:
        """Say that nothing was picked, where only something was typed."""
        if self._typed:
            return _("没有选定记录：请从查到的结果中选一条，或清空这一栏")
        return problem.message

    def set_read_only(self, read_only: bool) -> None:
        """Show without letting anything be changed."""
        self.line.setReadOnly(read_only)
        self.clear.setVisible(not read_only)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Steer the list from the line; keep its keys from the window's shortcuts."""
        if isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and self._wants(event.key()):
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                return self._key(event)
        if event.type() == QEvent.Type.FocusOut:
            self.popup.hide()
        return super().eventFilter(watched, event)

    def _wants(self, key: int) -> bool:
        if key == Qt.Key.Key_Escape:
            return self._typed or self.popup.isVisible()
        return key == Qt.Key.Key_Down

    def _key(self, event: QKeyEvent) -> bool:
        key = event.key()
        returns = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if self.line.isReadOnly():
            return False
        if not self.popup.isVisible():
            if key == Qt.Key.Key_Down or (returns and self._typed):
                self._look()
            elif key == Qt.Key.Key_Escape and self._typed:
                self._put_back()
            else:
                return False
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if key == Qt.Key.Key_Down else -1
            self.popup.setCurrentRow((self.popup.currentRow() + step) % self.popup.count())
        elif returns:
            self._take(self.popup.currentItem())
        elif key == Qt.Key.Key_Escape:
            self.popup.hide()
        else:
            return False
        return True

    def _edited(self) -> None:
        self._typed = bool(self.line.text().strip())
        if not self._typed:
            self._id, self._shown = "", ""
        self._pause.start()
        self._update_buttons()
        self.changed.emit()

    def _put_back(self) -> None:
        """Show again what was picked before."""
        self._typed = False
        self._show_title(self._shown)
        self.changed.emit()

    def _look(self) -> None:
        self._pause.stop()
        text = self.line.text().strip() if self._typed else ""
        kinds, unit = self._field.kinds, self._unit

        def offer(hits: list[Hit]) -> None:
            if text == (self.line.text().strip() if self._typed else ""):
                self._offer(hits)

        self._session.jobs.read(lambda ledger: _found(ledger, text, kinds, unit), offer, owner=self)

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
        place_below(self.popup, self.line)
        self.popup.show()

    def _take(self, item: QListWidgetItem | None) -> None:
        hit = item.data(Qt.ItemDataRole.UserRole) if item else None
        if hit is None:
            return
        self._id, self._typed = hit.id, False
        self._pause.stop()
        self._show_title(f"{hit.number}  {hit.title}")
        self.popup.hide()
        self._update_buttons()
        self.changed.emit()
        self.picked.emit(hit.id, f"{hit.number} {hit.title}")

    def _titled(self, wanted: str, titles: dict[str, tuple[str, str, str]]) -> None:
        if wanted != self._id or self._typed:
            return
        if wanted in titles:
            _kind, number, title = titles[wanted]
            self._show_title(f"{number}  {title}")
        else:
            self._show_title(_("所引用的记录不在这本台账中"))
            self.open.setEnabled(False)

    def _show_title(self, text: str) -> None:
        self._shown = text
        self.line.setText(text)
        self.line.setCursorPosition(0)

    def _open(self) -> None:
        self.open_requested.emit(self._id)

    def _clear(self) -> None:
        self._id, self._typed = "", False
        self._show_title("")
        self._update_buttons()
        self.changed.emit()

    def _update_buttons(self) -> None:
        self.open.setEnabled(bool(self._id) and not self._typed)
        self.clear.setEnabled(bool(self._id) or self._typed)


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _found(ledger: Ledger, text: str, kinds: Sequence[str], unit: str) -> list[Hit]:
    if text and not unit:
        return ledger.search(text, limit=_SHOWN, kinds=kinds)
    wanted = Query(text=text, sort="updated_at", unit=unit)
    hits: list[Hit] = []
    for kind in kinds:
        lines = ledger.page(kind, wanted, ("number", "title"), 0, max(_SHOWN // len(kinds), _LEAST))
        hits += [Hit(kind, line.id, line.values[0], line.values[1], "") for line in lines]
    return hits
