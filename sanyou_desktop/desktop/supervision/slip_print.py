"""A slip on paper: 督办通知单 under a red head, and below a cut line the receipt to send back."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPageLayout,
    QPainter,
    QPen,
    QTextLayout,
    QTextOption,
)

from sanyou_desktop.desktop.printing.holding import Holding
from sanyou_desktop.desktop.printing.paper_colours import INK, LEVEL_COLOURS, WHITE
from sanyou_desktop.desktop.printing.paper_fonts import FANGSONG, HEI, KAI, TITLE, paper_font
from sanyou_desktop.desktop.printing.printable import page
from sanyou_desktop.model.fields import Option
from sanyou_desktop.model.finding import LEVELS, SOURCES, Finding, Slip
from sanyou_desktop.model.record import Record
from sanyou_desktop.wording import _, in_source_language

_MARGINS = (28, 28, 26, 22)
_RED = QColor("#C00000")
# Of the page's height: where one cuts.
_CUT = 0.69
_TITLE_POINTS, _TEXT_POINTS, _SMALL_POINTS, _LEAST_POINTS = 30, 14, 10.5, 9
_LABEL = 6
_LONGEST, _SHORTER = 1000, 25
# So many characters have room in no size.
_WHOLE, _MOST = 10**9, 4000
_GAP, _STEP = 0.5, 1.38
_DATE_BLANKS = 4
# Beside a text: in a cell of the receipt, and around the level.
_CELL, _TAG = 4, 5
_LEAST_CELL = 5


@dataclass(frozen=True)
class SlipPrint:
    """Slips of one unit, each on a page."""

    unit_name: str
    slips: tuple[tuple[Finding, Slip], ...]
    layout: QPageLayout = field(default_factory=lambda: page(margins=_MARGINS))

    @property
    def title(self) -> str:
        """The number of the one slip, or those of the first and the last."""
        numbers = [slip.number for _finding, slip in self.slips]
        if len(numbers) == 1:
            return _("督办通知单 {number}").format(number=numbers[0])
        return _("督办通知单 {first} 至 {last}").format(
            first=min(numbers, default=""), last=max(numbers, default="")
        )

    @property
    def holds(self) -> Holding:
        """The findings that they are about."""
        findings = [finding for finding, _slip in self.slips]
        what = "slips" if len(findings) > 1 else f"slip:{findings[0].id}" if findings else ""
        return Holding.of(what, findings)

    @property
    def count(self) -> int:
        """How many slips there are."""
        return len(self.slips)

    def paint(self, painter: QPainter, number: int) -> None:
        """Paint a slip, in Chinese, because it goes to others than who works here."""
        finding, slip = self.slips[number]
        with in_source_language():
            _Sheet(painter, self.unit_name, finding, slip).draw()


class _Sheet:
    """One page; lengths are in the painter's units, from the top of what may be printed."""

    def __init__(self, painter: QPainter, unit_name: str, finding: Finding, slip: Slip) -> None:
        self._painter = painter
        self._unit, self._finding, self._slip = unit_name, finding, slip
        self._area = QRectF(painter.window())
        self._point = painter.device().logicalDpiY() / 72

    def draw(self) -> None:
        """Draw notice, cut line and receipt."""
        cut = self._area.height() * _CUT
        top = self._head()
        # Where the unit and the day stand.
        foot = cut - 4.6 * _TEXT_POINTS * self._point
        self._facts(top, foot)
        self._signature(foot)
        self._cut_line(cut)
        self._receipt(cut + 1.6 * _TEXT_POINTS * self._point)

    # The notice

    def _head(self) -> float:
        """Draw unit, title, number and the red line; return where the text may begin."""
        width, point = self._area.width(), self._point
        centre = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
        self._painter.setPen(_RED)
        name = self._fitting(self._unit, TITLE, _TITLE_POINTS * 0.6, width)
        self._painter.setFont(name)
        line = 1.15 * _TITLE_POINTS * point
        self._painter.drawText(QRectF(0, 0, width, line), centre, self._unit)
        title = paper_font(TITLE, _TITLE_POINTS)
        title.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 118)
        self._painter.setFont(title)
        self._painter.drawText(QRectF(0, line, width, 1.5 * line), centre, _("督办通知单"))
        top = 2.6 * line
        self._painter.setPen(Qt.GlobalColor.black)
        self._painter.setFont(paper_font(FANGSONG, _TEXT_POINTS))
        row = QRectF(0, top, width, 1.5 * _TEXT_POINTS * point)
        middle = Qt.AlignmentFlag.AlignVCenter
        number = _("督办单号：{number}").format(number=self._slip.number)
        self._painter.drawText(row, middle | Qt.AlignmentFlag.AlignLeft, number)
        self._level(row)
        below = row.bottom() + 4 * point
        self._painter.setPen(QPen(_RED, 1.6 * point))
        self._painter.drawLine(0, round(below), round(width), round(below))
        self._painter.setPen(Qt.GlobalColor.black)
        return below + 12 * point

    def _level(self, row: QRectF) -> None:
        """Draw the level at the right, in its colour and in words: copies are black and white."""
        painter, point = self._painter, self._point
        level = _title(LEVELS, self._slip.level)
        metrics = QFontMetricsF(painter.font(), painter.device())
        wide = metrics.horizontalAdvance(level) + 2 * _TAG * point
        tag = QRectF(row.right() - wide, row.top() + point, wide, row.height() - 2 * point)
        painter.fillRect(tag, QColor(LEVEL_COLOURS.get(self._slip.level, INK)))
        painter.setPen(QColor(WHITE))
        painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, level)
        painter.setPen(Qt.GlobalColor.black)
        before = row.adjusted(0, 0, -wide, 0)
        side = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(before, side, _("督办级别："))

    def _facts(self, top: float, bottom: float) -> None:
        """Write the facts as large as fits; what fits at no size is cut, and the paper says so."""
        facts = self._rows()

        def has_room(at: float, longest: int = _WHOLE) -> bool:
            return self._write(self._cut(facts, longest), top, at, draw=False) <= bottom

        # Each look lays every text out: the sizes and lengths are halved, not tried in turn.
        sizes = [_TEXT_POINTS - step / 2 for step in range(2 * (_TEXT_POINTS - _LEAST_POINTS) + 1)]
        is_endless = sum(len(text) for _label, text in facts) > _MOST
        place = len(sizes) if is_endless else bisect_left(sizes, True, key=has_room)
        size = sizes[min(place, len(sizes) - 1)]
        longest = _WHOLE
        if place == len(sizes):
            lengths = range(_LONGEST, 0, -_SHORTER)
            fits = bisect_left(lengths, True, key=lambda length: has_room(size, length))
            longest = lengths[min(fits, len(lengths) - 1)]
        self._write(self._cut(facts, longest), top, size, draw=True)

    def _cut(self, facts: list[tuple[str, str]], longest: int) -> list[tuple[str, str]]:
        return [(label, self._cut_text(text, longest)) for label, text in facts]

    def _rows(self) -> list[tuple[str, str]]:
        finding, slip = self._finding, self._slip
        raised = [
            _title(SOURCES, finding.source),
            finding.raised_on.in_words() if finding.raised_on else "",
            finding.place,
        ]
        rows = [
            (_("责任部门"), _two(finding.department, finding.person)),
            (_("督办事项"), _two(finding.title, _numbered(finding))),
            (_("来源地点"), _("，").join(filter(None, raised))),
            (_("问题情况"), finding.description),
            (_("原定时限"), finding.due_on.in_words() if finding.due_on else ""),
            (_("督办要求"), slip.demand),
            (_("限办日期"), slip.due_on.in_words() if slip.due_on else ""),
        ]
        return [(label, text) for label, text in rows if text]

    def _write(self, facts: list[tuple[str, str]], top: float, size: float, *, draw: bool) -> float:
        """Write labels and texts from ``top`` on, or only measure; return where they end."""
        label_font, text_font = paper_font(HEI, size), paper_font(FANGSONG, size)
        indent = _LABEL * size * self._point
        for label, text in facts:
            if draw:
                self._painter.setFont(label_font)
                line = QRectF(0, top, indent, _STEP * size * self._point)
                side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
                self._painter.drawText(line, side, label)
            top = self._paragraph(
                text, text_font, indent, top, _STEP * size * self._point, draw=draw
            )
            top += _GAP * size * self._point
        return top

    def _paragraph(
        self,
        text: str,
        font: QFont,
        left: float,
        top: float,
        step: float,
        *,
        gap: float = 0.0,
        draw: bool,
    ) -> float:
        """Lay a text out from ``left`` to ``gap`` before the edge, a line each ``step``.

        Return where it ends.
        """
        for part in text.splitlines() or [""]:
            layout = QTextLayout(part, font, self._painter.device())
            option = QTextOption()
            option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
            layout.setTextOption(option)
            layout.beginLayout()
            lines = []
            while (line := layout.createLine()).isValid():
                line.setLineWidth(self._area.width() - left - gap)
                lines.append(line)
            layout.endLayout()
            for place, line in enumerate(lines):
                if draw:
                    offset = (step - line.height()) / 2 - line.y()
                    line.draw(self._painter, QPointF(left, top + place * step + offset))
            top += max(len(lines), 1) * step
        return top

    def _cut_text(self, text: str, longest: int) -> str:
        if len(text) <= longest:
            return text
        return _("{text}……（全文见台账 {number}）").format(
            text=text[:longest], number=self._finding.number
        )

    def _signature(self, top: float) -> None:
        issued = self._slip.issued_on.in_words() if self._slip.issued_on else ""
        side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        step = 1.6 * _TEXT_POINTS * self._point
        for number, text in enumerate((self._unit, issued)):
            font = self._fitting(text, FANGSONG, _TEXT_POINTS, self._area.width())
            self._painter.setFont(font)
            line = QRectF(0, top + number * step, self._area.width(), step)
            self._painter.drawText(line, side, text)

    # Below the notice

    def _cut_line(self, at: float) -> None:
        pen = QPen(Qt.GlobalColor.black, 0.6 * self._point, Qt.PenStyle.DashLine)
        self._painter.setFont(paper_font(KAI, _SMALL_POINTS))
        text = _("沿此线剪下，办结后退回签发单位")
        metrics = QFontMetricsF(self._painter.font(), self._painter.device())
        half = (self._area.width() - metrics.horizontalAdvance(text)) / 2 - 6 * self._point
        self._painter.setPen(pen)
        for left in (0.0, self._area.width() - half):
            self._painter.drawLine(round(left), round(at), round(left + half), round(at))
        self._painter.setPen(Qt.GlobalColor.black)
        around = QRectF(0, at - self._point * 10, self._area.width(), self._point * 20)
        centre = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
        self._painter.drawText(around, centre, text)

    def _receipt(self, top: float) -> None:
        """Draw the receipt: what it answers, and room for result, signatures and date."""
        width, point = self._area.width(), self._point
        title = paper_font(HEI, _TEXT_POINTS + 2)
        title.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 140)
        self._painter.setFont(title)
        line = 1.8 * _TEXT_POINTS * point
        centre = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
        self._painter.drawText(QRectF(0, top, width, line), centre, _("督办回执"))
        bottom = self._area.height() - point
        box = QRectF(point / 2, top + line + 3 * point, width - point, 0)
        box.setBottom(bottom)
        self._table(box)

    def _table(self, box: QRectF) -> None:
        point = self._point
        row = 1.9 * _SMALL_POINTS * point
        label = 6 * _SMALL_POINTS * point
        half = box.width() / 2
        self._painter.setPen(QPen(Qt.GlobalColor.black, 0.7 * point))
        self._painter.setFont(paper_font(FANGSONG, _SMALL_POINTS))
        sign = box.bottom() - row
        below = box.top() + row + self._title_height(row, box.width() - label)
        rows = (
            (box.top(), box.top() + row, _("督办单号"), self._slip.number),
            (box.top() + row, below, _("督办事项"), self._finding.title),
            (below, sign - row, _("办理结果"), ""),
        )
        for upper, lower, name, text in rows:
            self._cell(QRectF(box.left(), upper, label, lower - upper), name)
            self._cell(QRectF(box.left() + label, upper, box.width() - label, lower - upper), text)
        blank = "　" * _DATE_BLANKS
        pairs = (
            (sign - row, 0.0, _("经办人"), ""),
            (sign - row, half, _("负责人签字"), ""),
            (sign, 0.0, _("联系电话"), ""),
            (sign, half, _("办结日期"), _("{gap}年{gap}月{gap}日").format(gap=blank[:2])),
        )
        for upper, shift, name, text in pairs:
            left = box.left() + shift
            self._cell(QRectF(left, upper, label, row), name)
            self._cell(QRectF(left + label, upper, half - label, row), text)

    def _title_height(self, row: float, width: float) -> float:
        """Return the height of the cell of the title: two rows where it takes more than a line."""
        metrics = QFontMetricsF(self._painter.font(), self._painter.device())
        room = width - 2 * _CELL * self._point
        return row if metrics.horizontalAdvance(self._finding.title) <= room else 2 * row

    def _cell(self, box: QRectF, text: str) -> None:
        """Draw the border and, in it, the text: smaller where it takes more lines than fit."""
        self._painter.drawRect(box)
        left, right = box.left() + _CELL * self._point, self._area.width() - box.right()
        gap = right + _CELL * self._point
        size = float(_SMALL_POINTS)
        while True:
            font, step = paper_font(FANGSONG, size), 1.15 * size * self._point
            high = self._paragraph(text, font, left, 0, step, gap=gap, draw=False)
            if high <= box.height() or size <= _LEAST_CELL:
                break
            size -= 0.5
        top = box.top() + (box.height() - high) / 2
        self._paragraph(text, font, left, top, step, gap=gap, draw=True)

    def _fitting(self, text: str, faces: tuple[str, ...], points: float, width: float) -> QFont:
        """Return a font in which a text stands on one line."""
        font = paper_font(faces, points)
        wide = QFontMetricsF(font, self._painter.device()).horizontalAdvance(text)
        return font if wide <= width else paper_font(faces, points * width / wide)


def _title(options: tuple[Option, ...], value: str) -> str:
    return next((_(option.title) for option in options if option.value == value), "")


def _two(first: str, second: str) -> str:
    return "　".join(filter(None, (first, second)))


def _numbered(record: Record) -> str:
    return _("（台账编号 {number}）").format(number=record.number) if record.number else ""
