"""What a notice says, and its paragraphs measured out: blocks of lines to fill columns with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFont, QPainter, QTextCharFormat, QTextLayout, QTextOption

from sanyou_desktop.desktop.printing.fitted_text import sized
from sanyou_desktop.desktop.printing.paper_colours import GREY, INK, RED
from sanyou_desktop.desktop.printing.paper_fonts import FANGSONG, HEI, paper_font
from sanyou_desktop.model.pledge import Pledge
from sanyou_desktop.wording import _, in_source_language

_LEADING = 1.5
_DETAIL = 0.86
# The red number stands this many characters left of its clause.
_INDENT = 1.9
Run = tuple[str, str, QFont]


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


@dataclass
class Line:
    """One line: its height, what it takes above, and the layout that holds its glyphs."""

    layout: QTextLayout
    index: int
    left: float
    height: float
    above: float

    def draw(self, painter: QPainter, x: float, y: float) -> None:
        """Draw it with its upper left corner there."""
        line = self.layout.lineAt(self.index)
        lead = (self.height - line.height()) / 2
        line.draw(painter, QPointF(x + self.left, y + lead))


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
        return sum(line.height + line.above for line in self.lines)


@dataclass
class Faces:
    """The fonts of a notice."""

    text: QFont = field(default_factory=lambda: paper_font(FANGSONG, 16))
    strong: QFont = field(default_factory=lambda: paper_font(HEI, 16))


def blocks_of(notice: Notice, width: float, size: float) -> list[Block]:
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
            runs = [("\u3000\u3000" + paragraph.strip(), INK, sized(faces.text, size))]
            made.append(Block(list(_lines(runs, width, 0, size)), size * 0.3))
    for number, clause in enumerate(notice.clauses, start=1):
        made.append(_clause(clause, number, width, size, faces))
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


def _lines(runs: Sequence[Run], width: float, left: float, size: float) -> Iterator[Line]:
    """Break runs of text into lines of that width."""
    # Breaks inside a clause are the clerk's; one paragraph of QTextLayout has no other.
    text = "".join(run[0] for run in runs).replace("\n", "\u2028")
    layout = QTextLayout(text, runs[-1][2])
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
    for index in range(layout.lineCount()):
        yield Line(layout, index, left, size * _LEADING, 0)


def _formats(runs: Sequence[Run]) -> Iterator[QTextLayout.FormatRange]:
    start = 0
    for text, colour, font in runs:
        made = QTextLayout.FormatRange()
        look = QTextCharFormat()
        look.setFont(font)
        look.setForeground(QColor(colour))
        made.start, made.length, made.format = start, len(text.encode("utf-16-le")) // 2, look
        start += made.length
        yield made
