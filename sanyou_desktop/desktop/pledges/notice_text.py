"""What a notice says, and its paragraphs measured out: blocks of lines to fill columns with."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import cast

from PySide6.QtCore import QPointF
from PySide6.QtGui import (
    QColor,
    QFont,
    QPainter,
    QTextCharFormat,
    QTextLayout,
    QTextLine,
    QTextOption,
)

from sanyou_desktop.desktop.printing.fitted_text import sized
from sanyou_desktop.desktop.printing.paper_colours import GREY, INK, RED
from sanyou_desktop.desktop.printing.paper_fonts import FANGSONG, HEI, paper_font
from sanyou_desktop.model.pledge import Pledge
from sanyou_desktop.wording import _, in_source_language

_LEADING = 1.5
_DETAIL = 0.86
# The red number stands this many characters left of its clause.
_INDENT = 1.9
_AT_ONCE = 1000
# A text, its colour and its font.
Run = tuple[str, str, QFont]
# Told the clauses laid out and in all.
Told = Callable[[int, int], None]


def untold(_done: int, _total: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class Clause:
    """A promise as the notice tells it."""

    text: str
    standard: str
    time_limit: str


@dataclass(frozen=True)
class Notice:
    """Everything on a notice, in words; "" is left out."""

    unit: str
    heading: str
    below: str
    audience: str
    statement: str
    clauses: tuple[Clause, ...]
    hotline: str
    responsible: str
    published: str
    valid: str


def notice_of(pledge: Pledge, unit_name: str) -> Notice:
    """Return what the notice of a pledge says; clauses still without words are left out.

    In Chinese, whatever the window speaks: it hangs on a wall here.
    """
    with in_source_language():
        return _notice_of(pledge, unit_name)


def _notice_of(pledge: Pledge, unit_name: str) -> Notice:
    title = " ".join(pledge.title.split())
    is_heading = _("承诺") in title
    dates = [one.in_words() if one else "" for one in (pledge.valid_from, pledge.valid_until)]
    valid = ""
    if dates[1]:
        valid = _("{first}至{last}").format(first=dates[0], last=dates[1])
    on = pledge.published_on
    return Notice(
        unit=unit_name,
        heading=title,
        below="" if is_heading else _("服务承诺"),
        audience=pledge.audience.strip(),
        statement=pledge.statement.strip(),
        clauses=tuple(
            Clause(one.text.strip(), one.standard.strip(), one.time_limit.strip())
            for one in pledge.clauses
            if one.text.strip()
        ),
        hotline=pledge.hotline.strip(),
        responsible=" ".join(filter(None, (pledge.department.strip(), pledge.person.strip()))),
        published=on.in_words() if on else "",
        valid=valid,
    )


@dataclass(frozen=True)
class Piece:
    """A part of a line in one font and colour, from ``x`` on."""

    x: float
    text: str
    colour: str
    font: QFont


@dataclass(frozen=True)
class Line:
    """One line: its height, where it begins, how high its letters stand, and its pieces.

    What Qt laid it out with stays on the thread that did so; the pieces are painted on any.
    """

    pieces: tuple[Piece, ...]
    left: float
    height: float
    baseline: float

    def draw(self, painter: QPainter, x: float, y: float) -> None:
        """Draw it with its upper left corner there."""
        for piece in self.pieces:
            painter.setFont(piece.font)
            painter.setPen(QColor(piece.colour))
            at = QPointF(x + self.left + piece.x, y + self.baseline)
            painter.drawText(at, piece.text)


@dataclass
class Block:
    """A paragraph, or a clause with its details; ``number`` stands beside its first line."""

    lines: list[Line]
    gap: float
    number: int = 0
    size: float = 0

    @property
    def height(self) -> float:
        """What its lines take, without the gap above it."""
        return sum(line.height for line in self.lines)


@dataclass
class Faces:
    """The fonts of a notice."""

    text: QFont = field(default_factory=lambda: paper_font(FANGSONG, 16))
    strong: QFont = field(default_factory=lambda: paper_font(HEI, 16))


def blocks_of(notice: Notice, width: float, size: float, told: Told = untold) -> list[Block]:
    """Lay out audience, statement and clauses in a column, ``size`` pixels a character."""
    faces = Faces()
    made = []
    if notice.audience:
        runs = [
            (_("承诺对象："), RED, sized(faces.strong, size)),
            (notice.audience, INK, sized(faces.text, size)),
        ]
        made.append(Block(list(_lines(runs, width, 0, size)), size * 0.3))
    for paragraph in notice.statement.splitlines():
        if paragraph.strip():
            text = "\u3000\u3000" + paragraph.strip()
            lines = list(_portions(text, sized(faces.text, size), width, size))
            made.append(Block(lines, size * 0.3))
    for number, clause in enumerate(notice.clauses, start=1):
        made.append(_clause(clause, number, width, size, faces))
        told(number, len(notice.clauses))
    return made


def _clause(clause: Clause, number: int, width: float, size: float, faces: Faces) -> Block:
    left = size * _INDENT
    runs = [(clause.text, INK, sized(faces.strong, size))]
    lines = list(_lines(runs, width - left, left, size))
    small = size * _DETAIL
    for label, text in (
        (_("服务标准："), clause.standard),
        (_("办理时限："), clause.time_limit),
    ):
        if text:
            runs = [
                (label, GREY, sized(faces.strong, small)),
                (text, INK, sized(faces.text, small)),
            ]
            lines += _lines(runs, width - left, left, small)
    return Block(lines, size * 0.7, number, size)


def _portions(text: str, font: QFont, width: float, size: float) -> Iterator[Line]:
    """Break a paragraph into lines, some at a time: Qt holds the window up over each."""
    while len(text) > _AT_ONCE:
        # The last line may go on in what follows.
        *whole, last = _lines([(text[:_AT_ONCE], INK, font)], width, 0, size)
        yield from whole
        text = "".join(piece.text for piece in last.pieces) + text[_AT_ONCE:]
    yield from _lines([(text, INK, font)], width, 0, size)


def _lines(runs: Sequence[Run], width: float, left: float, size: float) -> Iterator[Line]:
    """Break runs of text into lines of that width."""
    # Breaks inside a clause are the clerk's; one paragraph of QTextLayout has no other.
    runs = [(text.replace("\n", "\u2028"), colour, font) for text, colour, font in runs]
    whole = "".join(text for text, _colour, _font in runs)
    layout = QTextLayout(whole, runs[-1][2])
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.setFormats(list(_formats(runs)))
    layout.beginLayout()
    while True:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        line.setPosition(QPointF(0, 0))
    layout.endLayout()
    height = size * _LEADING
    for index in range(layout.lineCount()):
        line = layout.lineAt(index)
        baseline = (height - line.height()) / 2 + line.ascent()
        yield Line(tuple(_pieces(runs, line)), left, height, baseline)


def _pieces(runs: Sequence[Run], line: QTextLine) -> Iterator[Piece]:
    """Yield what stands in a line of each run."""
    first, last = line.textStart(), line.textStart() + line.textLength()
    start = 0
    for text, colour, font in runs:
        # Qt counts in UTF-16.
        units = text.encode("utf-16-le")
        end = start + len(units) // 2
        begin, until = max(first, start), min(last, end)
        if begin < until:
            shown = units[2 * (begin - start) : 2 * (until - start)].decode("utf-16-le", "replace")
            # PySide hands back the place in the text too, and says so to no type checker.
            x, _place = cast("tuple[float, int]", line.cursorToX(begin))
            yield Piece(x, shown.rstrip("\u2028"), colour, font)
        start = end


def _formats(runs: Sequence[Run]) -> Iterator[QTextLayout.FormatRange]:
    start = 0
    for text, _colour, font in runs:
        made = QTextLayout.FormatRange()
        look = QTextCharFormat()
        look.setFont(font)
        made.start, made.length, made.format = start, len(text.encode("utf-16-le")) // 2, look
        start += made.length
        yield made
