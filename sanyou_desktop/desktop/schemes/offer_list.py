"""The list of offers: two lines each, what they are and where they are from, with a box to tick."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from sanyou_desktop.desktop.schemes.offers import Offer, extent
from sanyou_desktop.desktop.theme.current import colours
from sanyou_desktop.desktop.theme.icons import icon
from sanyou_desktop.desktop.theme.tokens import ICON, ICON_SMALL, SPACE_1, SPACE_2, SPACE_3
from sanyou_desktop.desktop.widgets.chip import chip_width, paint_chip
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.wording import _

Index = QModelIndex | QPersistentModelIndex
OFFER_ROLE = Qt.ItemDataRole.UserRole + 1
_MARK = 3
_ROUND = 3


class OfferList(QListView):
    """Shows offers; one is current, and where ``several`` may be chosen, any may be ticked.

    Space ticks the current one, Ctrl+A all that are seen, Return chooses.

    Signals:
        moved: another offer is current.
        ticked: an offer was ticked or its tick taken off.
        decided: Return or a double click.
    """

    moved = Signal()
    ticked = Signal()
    decided = Signal()

    def __init__(self, *, several: bool) -> None:
        """Start empty."""
        super().__init__()
        self.several = several
        self.rows = QStandardItemModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(_OfferDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setAccessibleName(_("清单"))
        self.selectionModel().currentChanged.connect(lambda *_: self.moved.emit())
        self.rows.itemChanged.connect(lambda _item: self.ticked.emit())
        self.doubleClicked.connect(lambda _index: self.decided.emit())

    def show_offers(self, offers: Sequence[Offer], *, tick: Callable[[Offer], bool]) -> None:
        """Show ``offers``, those ticked that ``tick`` picks out; the first is current."""
        self.rows.clear()
        for offer in offers:
            item = QStandardItem(offer.scheme.title)
            item.setData(offer, OFFER_ROLE)
            item.setData(_spoken(offer), Qt.ItemDataRole.AccessibleTextRole)
            item.setEditable(False)
            if self.several:
                item.setCheckable(True)
                on = tick(offer)
                item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
            self.rows.appendRow(item)
        self.go_to_first()

    def go_to_first(self) -> None:
        """Make the first offer that is seen the current one."""
        seen = [row for row in range(self.rows.rowCount()) if not self.isRowHidden(row)]
        self.setCurrentIndex(self.rows.index(seen[0], 0) if seen else QModelIndex())

    def go_to(self, wanted: Callable[[Offer], bool]) -> None:
        """Make the first offer that ``wanted`` picks out the current one, if there is one."""
        for row in range(self.rows.rowCount()):
            if wanted(self._offer(row)):
                self.setCurrentIndex(self.rows.index(row, 0))
                return

    def narrow(self, text: str) -> None:
        """Show only offers that hold ``text``; the current one stays if it is among them."""
        wanted = text.casefold()
        for row in range(self.rows.rowCount()):
            self.setRowHidden(row, wanted not in _searched(self._offer(row)))
        if not self.currentIndex().isValid() or self.isRowHidden(self.currentIndex().row()):
            self.go_to_first()

    def current(self) -> Offer | None:
        """Return the current offer."""
        index = self.currentIndex()
        return self._offer(index.row()) if index.isValid() else None

    def chosen(self) -> list[Offer]:
        """Return what is chosen: everything ticked, or the current one where one is wanted."""
        if not self.several:
            current = self.current()
            return [] if current is None else [current]
        return [self._offer(row) for row in range(self.rows.rowCount()) if self.is_ticked(row)]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick with Space, all with Ctrl+A, choose with Return."""
        row = self.currentIndex().row()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.several and row >= 0 and not self.chosen():
                self._tick(row, on=True)
            self.decided.emit()
        elif self.several and event.key() == Qt.Key.Key_Space and row >= 0:
            self._tick(row, on=not self.is_ticked(row))
        elif self.several and event.matches(QKeySequence.StandardKey.SelectAll):
            self._tick_all()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tick where the box is."""
        super().mouseReleaseEvent(event)
        at = event.position().toPoint()
        index = self.indexAt(at)
        on_box = index.isValid() and at.x() < box_rect(self.visualRect(index)).right()
        if self.several and on_box and event.button() == Qt.MouseButton.LeftButton:
            self._tick(index.row(), on=not self.is_ticked(index.row()))

    def _offer(self, row: int) -> Offer:
        offer: Offer = self.rows.item(row).data(OFFER_ROLE)
        return offer

    def is_ticked(self, row: int) -> bool:
        """Tell whether the offer in that row is ticked."""
        return self.rows.item(row).checkState() == Qt.CheckState.Checked

    def _tick(self, row: int, *, on: bool) -> None:
        state = Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        self.rows.item(row).setCheckState(state)

    def _tick_all(self) -> None:
        """Tick all that are seen, or none if all are."""
        seen = [row for row in range(self.rows.rowCount()) if not self.isRowHidden(row)]
        on = not all(self.is_ticked(row) for row in seen)
        # Told once: whoever hears it looks at all of them.
        self.rows.blockSignals(True)
        for row in seen:
            self._tick(row, on=on)
        self.rows.blockSignals(False)
        self.viewport().update()
        self.ticked.emit()


class _OfferDelegate(QStyledItemDelegate):
    """Draws an offer: box, title and chip, and below, what it is for and where it is from."""

    def __init__(self, view: OfferList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of two lines."""
        line = QFontMetrics(option.font).height()
        return QSize(1, 2 * line + SPACE_1 + 2 * SPACE_2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one offer."""
        offer: Offer = index.data(OFFER_ROLE)
        rect: QRect = option.rect
        now = colours()
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(now.selection))
            tone = now.accent if self._view.hasFocus() else now.line_strong
            painter.fillRect(QRect(rect.topLeft(), QSize(_MARK, rect.height())), QColor(tone))
        painter.setPen(QColor(now.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        left = rect.left() + SPACE_3
        if self._view.several:
            self._box(painter, rect, ticked=self._view.is_ticked(index.row()))
            left = box_rect(rect).right() + SPACE_1
        room = QRect(QPoint(left, rect.top() + SPACE_2), rect.bottomRight())
        self._lines(painter, option.font, room.adjusted(0, 0, -SPACE_2, -SPACE_2), offer)
        painter.restore()

    def _lines(self, painter: QPainter, font: QFont, room: QRect, offer: Offer) -> None:
        line = QFontMetrics(font).height()
        first = QRect(room.left(), room.top(), room.width(), line)
        second = first.translated(0, line + SPACE_1)
        chip = _chip(offer)
        if chip is not None:
            painter.setFont(font)
            wide = chip_width(chip[0], painter.fontMetrics())
            paint_chip(painter, QRect(first.right() - wide, first.top(), wide, line), *chip)
            first.setWidth(first.width() - wide - SPACE_2)
        strong = QFont(font)
        strong.setBold(True)
        for place, shown, text, tone in (
            (first, strong, offer.scheme.title, "text"),
            (second, font, _below(offer), "muted"),
        ):
            painter.setFont(shown)
            painter.setPen(QColor(getattr(colours(), tone)))
            cut = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, place.width())
            side = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            painter.drawText(place, side, cut)

    def _box(self, painter: QPainter, row: QRect, *, ticked: bool) -> None:
        """Draw the box in the tokens' colours: the style's own is hardly seen in the dark."""
        place = QRect(0, 0, ICON_SMALL, ICON_SMALL)
        place.moveCenter(box_rect(row).center())
        now = colours()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(now.accent if ticked else now.line_strong))
        painter.setBrush(QColor(now.accent if ticked else now.surface))
        painter.drawRoundedRect(place, _ROUND, _ROUND)
        painter.restore()
        if ticked:
            icon("check", "on_accent").paint(painter, place.adjusted(1, 1, -1, -1))


def box_rect(row: QRect) -> QRect:
    """Return where the box of a row stands."""
    return QRect(row.left(), row.top(), ICON + 2 * SPACE_3, row.height())


def _chip(offer: Offer) -> tuple[str, str] | None:
    if offer.is_kept:
        return _("台账已有"), "muted"
    return (_("待补充"), "warn") if offer.scheme.incomplete else None


def _below(offer: Offer) -> str:
    use = kind_of("scheme").fields["use"].show(offer.scheme.use)
    parts = (use, extent(offer.scheme), offer.origin, offer.scheme.source)
    return " · ".join(part for part in parts if part)


def _spoken(offer: Offer) -> str:
    chip = _chip(offer)
    parts = (offer.scheme.title, chip[0] if chip else "", _below(offer))
    return _("，").join(part for part in parts if part)


def _searched(offer: Offer) -> str:
    scheme = offer.scheme
    entries = " ".join(entry.text for entry in scheme.entries)
    return " ".join((scheme.title, scheme.source, offer.origin, entries)).casefold()
