"""The small panel in which one condition is chosen: options, values in use, or a span of dates."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from sanyou_desktop.desktop.lists.conditions import SPANS, Condition, is_bound
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.desktop.theme.palette import restyle
from sanyou_desktop.desktop.theme.parts import button, shortened, text_label
from sanyou_desktop.desktop.theme.tokens import CONTROL_HEIGHT, SPACE_2, SPACE_3, SPACE_6
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.fields import Choice, Choices, Date, Field, Flag, UnitCode
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.wording import _

_OFFERED = 50
_SHOWN = 9
_LONGEST = 40


class ConditionPopup(QFrame):
    """Each tick counts at once; the panel closes with Esc, Return or a click elsewhere."""

    changed = Signal(object)

    def __init__(self, kind: str, condition: Condition, session: Session, parent: QWidget) -> None:
        """Show ``condition`` for changing."""
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "card")
        self._condition = condition
        field = kind_of(kind).fields[condition.key]
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(SPACE_3, SPACE_3, SPACE_3, SPACE_3)
        self._column.setSpacing(SPACE_2)
        self._column.addWidget(text_label(_(field.title), "muted"))
        self.setAccessibleName(_(field.title))
        self._ticks: dict[str, QCheckBox] = {}
        self._blank: QCheckBox | None = None
        self._boxes = QVBoxLayout()
        self._boxes.setSpacing(SPACE_2)
        if isinstance(field, Date):
            self._add_spans()
        else:
            self._add_values(kind, field, session)

    def show_under(self, widget: QWidget) -> None:
        """Open the panel below ``widget``, within its screen."""
        self.adjustSize()
        at = widget.mapToGlobal(QPoint(0, widget.height() + SPACE_2))
        screen = widget.screen().availableGeometry()
        at.setX(max(screen.left(), min(at.x(), screen.right() - self.width())))
        if at.y() + self.height() > screen.bottom():
            at.setY(max(screen.top(), screen.bottom() - self.height()))
        self.move(at)
        self.show()
        self.focusNextChild()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Return; move with the arrow keys."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.close()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    # Options and values in use

    def _add_values(self, kind: str, field: Field[object], session: Session) -> None:
        inside = QWidget()
        inside.setLayout(self._boxes)
        self._boxes.setContentsMargins(0, 0, 0, 0)
        self._scroll = QScrollArea(widgetResizable=True)
        self._scroll.setWidget(inside)
        inside.setAutoFillBackground(False)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._column.addWidget(self._scroll)
        if isinstance(field, Choice | Choices):
            self._fill([(option.value, _(option.title)) for option in field.enum])
        elif isinstance(field, Flag):
            self._fill([("1", _("是")), ("0", _("否"))], may_be_empty=False)
        else:
            self._fill([])
            condition, is_unit = self._condition, isinstance(field, UnitCode)

            def look(ledger: Ledger) -> tuple[list[tuple[str, str]], bool]:
                values = ledger.distinct(kind, condition.key, _OFFERED)
                chosen = [value for value in condition.values if value not in values]
                offered = [*chosen, *values]
                names = ledger.unit_names(offered) if is_unit else {}
                titled = [(value, names.get(value, value)) for value in offered]
                return titled, len(values) == _OFFERED

            session.jobs.read(look, self._found, owner=self)

    def _found(self, found: tuple[list[tuple[str, str]], bool]) -> None:
        values, are_more = found
        self._fill(values)
        if are_more:
            text = _("只列出最常用的 {count} 个，其余请用搜索。").format(count=_OFFERED)
            self._column.addWidget(text_label(text, "caption"))
        self.adjustSize()
        self.focusNextChild()

    def _fill(self, values: Sequence[tuple[str, str]], *, may_be_empty: bool = True) -> None:
        while (item := self._boxes.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._ticks.clear()
        for value, title in values:
            box = QCheckBox(shortened(title, _LONGEST))
            box.setToolTip(title if len(title) > _LONGEST else "")
            box.toggled.connect(partial(self._tick, value))
            self._ticks[value] = box
            self._boxes.addWidget(box)
        if may_be_empty:
            self._boxes.addWidget(self._empty_box())
        self._boxes.addStretch()
        self._show_ticks()
        self._fit(len(values) + 1)

    def _fit(self, rows: int) -> None:
        boxes = self.findChildren(QCheckBox)
        height = QCheckBox().sizeHint().height() + SPACE_2
        wide = max((box.sizeHint().width() for box in boxes), default=0) + SPACE_6
        self._scroll.setMinimumSize(wide, min(rows, _SHOWN) * height)

    def _empty_box(self) -> QCheckBox:
        self._blank = QCheckBox(_("未填写"))
        self._blank.toggled.connect(self._tick_empty)
        return self._blank

    def _tick(self, value: str, on: bool) -> None:
        others = tuple(item for item in self._condition.values if item != value)
        self._set(Condition(self._condition.key, values=(*others, value) if on else others))

    def _tick_empty(self, on: bool) -> None:
        self._set(Condition(self._condition.key, is_empty=on))

    def _show_ticks(self) -> None:
        """Values and 未填写 exclude each other."""
        states = [(box, value in self._condition.values) for value, box in self._ticks.items()]
        if self._blank is not None:
            states.append((self._blank, self._condition.is_empty))
        for box, on in states:
            box.blockSignals(True)
            box.setChecked(on)
            box.blockSignals(False)

    # Dates

    def _add_spans(self) -> None:
        row = QHBoxLayout()
        for span, title in SPANS.items():
            made = button(_(title), partial(self._take_span, span), role="chip")
            made.setCheckable(True)
            made.setChecked(self._condition.span == span)
            row.addWidget(made)
        self._column.addLayout(row)
        ends = QHBoxLayout()
        self.first = self._end(self._condition.first, _("起始日期"))
        self.last = self._end(self._condition.last, _("截止日期"))
        ends.addWidget(self.first)
        ends.addWidget(text_label(_("至"), "muted"))
        ends.addWidget(self.last)
        self._column.addLayout(ends)
        self.wrong = text_label("", "error", wrap=True)
        self.wrong.hide()
        self._column.addWidget(self.wrong)
        self._column.addWidget(self._empty_box())
        self._show_ticks()

    def _end(self, text: str, name: str) -> QLineEdit:
        edit = QLineEdit(text)
        edit.setPlaceholderText(_("例如 {examples}").format(examples="2026-03-01"))
        edit.setAccessibleName(name)
        edit.setMinimumWidth(edit.fontMetrics().horizontalAdvance("2026-00-00") + CONTROL_HEIGHT)
        edit.editingFinished.connect(self._take_ends)
        return edit

    def _take_span(self, span: str) -> None:
        chosen = "" if self._condition.span == span else span
        self._set(Condition(self._condition.key, span=chosen))
        self.close()

    def _take_ends(self) -> None:
        first, last = self.first.text().strip(), self.last.text().strip()
        wrong = [edit for edit in (self.first, self.last) if not is_bound(edit.text().strip())]
        for edit in (self.first, self.last):
            restyle(edit, "invalid", edit in wrong)
        if wrong:
            text = _("「{text}」不是带年份的日期，可填 2026-03-01、2026-03 或 2026。")
            self.wrong.setText(text.format(text=wrong[0].text().strip()[:40]))
        self.wrong.setVisible(bool(wrong))
        if wrong or (first, last) == (self._condition.first, self._condition.last):
            return
        ends = [str(PartialDate.parse(end)) if end else "" for end in (first, last)]
        self._set(Condition(self._condition.key, first=ends[0], last=ends[1]))

    def _set(self, condition: Condition) -> None:
        if condition != self._condition:
            self._condition = condition
            self._show_ticks()
            self.changed.emit(condition)
