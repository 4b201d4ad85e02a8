"""承诺公示牌: a pledge as a notice for the wall; red head, large text, whom to call at the foot."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QPageLayout,
    QPageSize,
    QPainter,
    QPen,
)

from sanyou_desktop.desktop.jobs import Progress
from sanyou_desktop.desktop.pledges.notice_flow import Body, Placed, flow
from sanyou_desktop.desktop.pledges.notice_text import Notice
from sanyou_desktop.desktop.printing.fitted_text import Align, draw_fitted, sized
from sanyou_desktop.desktop.printing.holding import Holding
from sanyou_desktop.desktop.printing.paper_colours import GOLD, GREY, INK, RED, TINT, WHITE
from sanyou_desktop.desktop.printing.paper_fonts import FANGSONG, HEI, TITLE, paper_font
from sanyou_desktop.desktop.printing.printable import page
from sanyou_desktop.wording import _, in_source_language

# Office printers leave up to 6 mm of the paper's edge white.
_SAFE_MM = 10
# Of A4, in points; on A3 everything is larger by the root of two. 13 points are still read from
# the distance of an arm, the largest text from across a hall.
_SMALLEST, _LARGEST = 13, 44
_PADDING_MM = 9
_COLUMNS_FROM = 4
# Pages are laid out in dots so fine that the same lines break on every device.
_DPI = 1200


@dataclass(frozen=True)
class NoticePages:
    """A notice laid out on its paper."""

    notice: Notice
    layout: QPageLayout
    landscape: bool
    title: str
    holds: Holding
    pages: tuple[list[Placed], ...]

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self.pages)

    def paint(self, painter: QPainter, number: int) -> None:
        """Paint a page with head and foot, smaller where the paper in the printer is."""
        sheet = _Sheet(self.layout, self.notice, landscape=self.landscape)
        area, window = sheet.area, painter.window()
        scale = min(window.width() / area.width(), window.height() / area.height())
        painter.scale(scale, scale)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        with in_source_language():
            sheet.draw(painter, self.pages[number], number + 1, self.count)


def lay_out_notice(
    notice: Notice,
    progress: Progress,
    size: QPageSize.PageSizeId = QPageSize.PageSizeId.A4,
    *,
    landscape: bool = False,
    title: str = "",
    holds: Holding | None = None,
) -> NoticePages:
    """Fill the pages of a notice, in Chinese, as it hangs on a wall here.

    Raises:
        Cancelled: the user stopped it.
    """
    layout = page(size, landscape=landscape, margins=(_SAFE_MM, _SAFE_MM, _SAFE_MM, _SAFE_MM))
    with in_source_language():
        sheet = _Sheet(layout, notice, landscape=landscape)
        pages = flow(notice, sheet.body(), lambda done, total: progress.step(done, total))
    return NoticePages(notice, layout, landscape, title, holds or Holding(), tuple(pages))


class _Sheet:
    """One page's frame: head, body and foot, in dots."""

    def __init__(self, layout: QPageLayout, notice: Notice, *, landscape: bool) -> None:
        self._notice = notice
        self._landscape = landscape
        paper = layout.fullRect(QPageLayout.Unit.Millimeter)
        scale = float((paper.width() * paper.height() / (210 * 297)) ** 0.5)
        self._mm = _DPI / 25.4 * scale
        self._point = _DPI / 72 * scale
        self.area = area = QRectF(QPointF(0, 0), layout.paintRectPixels(_DPI).size().toSizeF())
        head = area.height() * (0.22 if landscape else 0.165)
        foot = area.height() * (0.17 if landscape else 0.125)
        self._head = QRectF(area.left(), area.top(), area.width(), head)
        self._foot = QRectF(area.left(), area.bottom() - foot, area.width(), foot)
        pad = _PADDING_MM * self._mm
        self._body = QRectF(
            area.left() + pad,
            area.top() + head + pad * 0.8,
            area.width() - 2 * pad,
            area.height() - head - foot - pad * 1.4,
        )

    def body(self) -> Body:
        """Return where the text goes."""
        many = self._landscape and len(self._notice.clauses) >= _COLUMNS_FROM
        return Body(
            self._body.width(),
            self._body.height(),
            2 if many else 1,
            12 * self._mm,
            _SMALLEST * self._point,
            _LARGEST * self._point,
        )

    def draw(self, painter: QPainter, placed: list[Placed], number: int, count: int) -> None:
        """Draw a page."""
        self._painter = painter
        self._draw_head(number)
        self._draw_foot(number, count)
        for item in placed:
            x, y = self._body.left() + item.x, self._body.top() + item.y
            if item.number:
                self._draw_number(item, x, y)
            item.line.draw(self._painter, x, y)
        pen = QPen(QColor(RED), 0.9 * self._mm)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        self._painter.setPen(pen)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        half = 0.45 * self._mm
        self._painter.drawRect(self.area.adjusted(half, half, -half, -half))

    def _draw_head(self, number: int) -> None:
        head, notice = self._head, self._notice
        self._painter.fillRect(head, QColor(RED))
        gold = QPen(QColor(GOLD), 0.45 * self._mm)
        self._painter.setPen(gold)
        line = head.bottom() - 2.2 * self._mm
        self._painter.drawLine(QPointF(head.left(), line), QPointF(head.right(), line))
        room = head.adjusted(8 * self._mm, 3.5 * self._mm, -8 * self._mm, -5 * self._mm)
        above = QRectF(room.left(), room.top(), room.width(), room.height() * 0.27)
        rest = QRectF(room.left(), above.bottom(), room.width(), room.bottom() - above.bottom())
        text = paper_font(HEI, 18)
        draw_fitted(self._painter, above, notice.unit, text, 19 * self._point, GOLD)
        heading = notice.heading
        if number > 1:
            heading = _("{title}（续）").format(title=heading)
        if notice.below:
            below = QRectF(rest.left(), rest.bottom() - rest.height() * 0.27, rest.width(), 0)
            below.setHeight(rest.height() * 0.27)
            rest.setBottom(below.top())
            draw_fitted(self._painter, below, notice.below, text, 18 * self._point, WHITE)
        draw_fitted(self._painter, rest, heading, _spaced(heading), 54 * self._point, WHITE)

    def _draw_number(self, item: Placed, x: float, y: float) -> None:
        side = item.size * 1.3
        circle = QRectF(x, y + (item.line.height - side) / 2, side, side)
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(QColor(RED))
        self._painter.drawEllipse(circle)
        figure = str(item.number)
        size = item.size * (0.86 if len(figure) == 1 else 0.68 if len(figure) == 2 else 0.5)
        self._painter.setFont(sized(paper_font(HEI, 16, bold=True), size))
        self._painter.setPen(QColor(WHITE))
        self._painter.drawText(circle, Align.AlignCenter, figure)

    def _draw_foot(self, number: int, count: int) -> None:
        foot, notice = self._foot, self._notice
        self._painter.fillRect(foot, QColor(TINT))
        self._painter.setPen(QPen(QColor(RED), 0.6 * self._mm))
        self._painter.drawLine(foot.topLeft(), foot.topRight())
        pad = _PADDING_MM * self._mm
        room = foot.adjusted(pad, 3 * self._mm, -pad, -3.5 * self._mm)
        left = QRectF(room.left(), room.top(), room.width() * 0.56, room.height())
        self._draw_hotline(left)
        right = QRectF(left.right() + pad / 2, room.top(), 0, room.height())
        right.setRight(room.right())
        told = [
            (_("责任部门：{text}"), notice.responsible),
            (_("公示日期：{text}"), notice.published),
            (_("有效期：{text}"), notice.valid),
        ]
        lines = [words.format(text=text) for words, text in told if text]
        if count > 1:
            lines.append(_("第 {number} 页 共 {count} 页").format(number=number, count=count))
        if lines:
            height = right.height() / max(3, len(lines))
            top = right.top() + (right.height() - height * len(lines)) / 2
            for index, line in enumerate(lines):
                box = QRectF(right.left(), top + index * height, right.width(), height)
                align = Align.AlignRight | Align.AlignVCenter
                font = paper_font(FANGSONG, 14)
                draw_fitted(self._painter, box, line, font, 13.5 * self._point, INK, align)

    def _draw_hotline(self, box: QRectF) -> None:
        """Draw the number large; without one a line to write it on."""
        align = Align.AlignLeft | Align.AlignVCenter
        label = QRectF(box.left(), box.top(), box.width(), box.height() * 0.34)
        below = QRectF(box.left(), label.bottom(), box.width(), box.bottom() - label.bottom())
        bold = paper_font(HEI, 16)
        draw_fitted(self._painter, label, _("监督电话"), bold, 15 * self._point, GREY, align)
        if self._notice.hotline:
            figures = paper_font(HEI, 30, bold=True)
            size = 40 * self._point
            draw_fitted(self._painter, below, self._notice.hotline, figures, size, RED, align)
            return
        self._painter.setPen(QPen(QColor(GREY), 0.3 * self._mm))
        line = below.bottom() - below.height() * 0.2
        right = below.left() + below.width() * 0.8
        self._painter.drawLine(QPointF(below.left(), line), QPointF(right, line))


def _spaced(heading: str) -> QFont:
    """Return the face of titles; a short title is set wide."""
    font = paper_font(TITLE, 40, bold=True)
    if len(heading) <= 6:
        font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 118)
    return font
