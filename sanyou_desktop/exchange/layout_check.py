"""版式检查: whether a .pdf has the typesetting of GB/T 9704-2012, measured on its pages.

Measured is what stands on the paper, not what the program meant to write: the positions are read
from the finished file by another program's reader (``page_text``).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from statistics import fmean, median

from sanyou_desktop.exchange.page_text import MM, Glyph, PageText, pages_of
from sanyou_desktop.exchange.signature import width
from sanyou_desktop.wording import _

LINES, CHARACTERS = 22, 28
LINE_POINTS, CHARACTER_POINTS = 28.95, 156 * MM / 28
_TOP, _BOTTOM, _LEFT, _RIGHT = 37.0, 297 - 35.0, 28.0, 210 - 26.0
_TITLE, _BODY, _NUMBER = 22.0, 16.0, 14.0
_DASH_BELOW = 7.0
# The standard itself allows 1 mm on margins; ink may reach a little over its character's box.
_TOLERANCE_MM = 1.0
_DASHES = "—–-"
# How far ink may stay inside an edge that the text reaches: half of what a line leaves around a
# character, and the characters that are no wider than half of one.
_INSIDE_MM = 4.0
# With fewer lines of text on its fullest page, no edge of a document can be told.
_ENOUGH_LINES = 10
_ENOUGH_PAIRS = 20
# How the fonts of each design call themselves inside a .pdf, without marks and in small letters.
_DESIGNS = {
    _TITLE: ("fzxiaobiaosong", "fzxbs"),
    _BODY: ("fangsong", "stfangsong", "fzfangsong", "fzfs"),
    _NUMBER: ("simsun", "nsimsun", "stsong", "songti", "fzshusong", "fzss", "fandolsong"),
}
# Marks that typesetters let stand outside the end of a line, as LibreOffice does.
_HANGING = "，。、；：！？）》」』”’"


@dataclass(frozen=True)
class Measure:
    """One measurement: what, how it should be and how it is, in words; ``holds`` if it is so."""

    name: str
    wanted: str
    found: str
    holds: bool


@dataclass(frozen=True)
class LayoutCheck:
    """All measurements of a document.

    Attributes:
        faces: whether the fonts are of the designs that the standard names, apart from the layout,
            which a machine without these fonts keeps all the same; None for a document without
            text.
    """

    measures: tuple[Measure, ...]
    faces: Measure | None
    pages: int

    @property
    def holds(self) -> bool:
        """Tell whether the layout is as the standard wants it."""
        return all(measure.holds for measure in self.measures)

    def __str__(self) -> str:
        """Return the result for the user, on one line."""
        wrong = [measure for measure in self.measures if not measure.holds]
        if self.faces is not None and not self.faces.holds:
            wrong.append(self.faces)
        said = _("；").join(
            _("{name}应为{wanted}，实为{found}").format(
                name=one.name, wanted=one.wanted, found=one.found
            )
            for one in wrong
        )
        if not self.holds:
            return _("版式检查有 {count} 项不符：{said}。").format(count=len(wrong), said=said)
        right = _("，").join(
            _("{name} {found}").format(name=one.name, found=one.found) for one in self.measures
        )
        text = (
            _("版式检查除字体外符合 GB/T 9704：共 {pages} 页，{right}；{said}。")
            if wrong
            else _("版式检查符合 GB/T 9704：共 {pages} 页，{right}。")
        )
        return text.format(pages=self.pages, right=right, said=said)


@dataclass
class _Seen:
    """What is gathered from the pages."""

    papers: set[tuple[int, int]] = field(default_factory=set)
    edges: list[tuple[float, float, float, float]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    pitches: list[float] = field(default_factory=list)
    spacings: Counter[float] = field(default_factory=Counter)
    stretched: Counter[float] = field(default_factory=Counter)
    sizes: Counter[float] = field(default_factory=Counter)
    dashes: list[float] = field(default_factory=list)
    wrong_numbers: list[int] = field(default_factory=list)
    fonts: dict[float, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    pages: int = 0


def check_layout(pdf: Path | bytes) -> LayoutCheck:
    """Measure a .pdf, a file or what is to become one."""
    return check_pages(pages_of(pdf))


def check_pages(pages: Iterable[PageText]) -> LayoutCheck:
    """Measure pages."""
    seen = _Seen()
    for page in pages:
        _look(page, seen)
    measures = (_paper(seen), _margins(seen), *_grid(seen), _numbers(seen))
    return LayoutCheck(tuple(one for one in measures if one is not None), _faces(seen), seen.pages)


def _look(page: PageText, seen: _Seen) -> None:
    seen.pages += 1
    seen.papers.add((round(page.width / MM), round(page.height / MM)))
    number = [one for one in page.glyphs if one.baseline > (_BOTTOM + 2) * MM]
    inside = [one for one in page.glyphs if one.baseline <= (_BOTTOM + 2) * MM]
    _look_at_number(page, number, seen)
    seen.fonts[_NUMBER].update(one.font for one in number)
    seen.sizes.update(round(one.size, 1) for one in inside)
    for size in (_TITLE, _BODY):
        seen.fonts[size].update(one.font for one in inside if abs(one.size - size) < 0.3)
    if not inside:
        return
    seen.edges.append(
        (
            min(one.left for one in inside) / MM,
            min(one.top for one in inside) / MM,
            max((one.right for one in inside if one.char not in _HANGING), default=0) / MM,
            max(one.bottom for one in inside) / MM,
        )
    )
    _look_at_lines([one for one in inside if abs(one.size - _BODY) < 0.3], seen)


def _look_at_number(page: PageText, glyphs: Sequence[Glyph], seen: _Seen) -> None:
    dashes = [one for one in glyphs if one.char in _DASHES]
    digits = "".join(one.char for one in glyphs if one.char.isdigit())
    left = min((one.left for one in glyphs), default=0) / MM
    right = max((one.right for one in glyphs), default=0) / MM
    # One character (4号) free on the outer side.
    free = _NUMBER / MM
    if page.number % 2:
        placed = abs(right - (_RIGHT - free)) < 2 * _TOLERANCE_MM
    else:
        placed = abs(left - (_LEFT + free)) < 2 * _TOLERANCE_MM
    sized = all(abs(one.size - _NUMBER) < 0.3 for one in glyphs)
    if digits != str(page.number) or len(dashes) != 2 or not placed or not sized:
        seen.wrong_numbers.append(page.number)
    seen.dashes += [((one.top + one.bottom) / 2 / MM - _BOTTOM) for one in dashes]


def _look_at_lines(glyphs: Sequence[Glyph], seen: _Seen) -> None:
    lines: dict[float, list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        known = next((at for at in lines if abs(at - glyph.baseline) < 2), glyph.baseline)
        lines[known].append(glyph)
    seen.lines.append(len(lines))
    heights = sorted(lines)
    gaps = [below - above for above, below in pairwise(heights)]
    # Tables and charts stand between some lines; the others follow each other.
    seen.pitches += [gap for gap in gaps if gap < 1.5 * LINE_POINTS]
    for line in lines.values():
        _look_at_characters(sorted(line, key=lambda one: one.x), seen)


def _look_at_characters(line: Sequence[Glyph], seen: _Seen) -> None:
    """Count how far apart full-width characters that follow each other stand.

    A line that reaches the right edge may be spread to it; one that ends before it is not.
    """
    full = max(one.right for one in line) > (_RIGHT - 2 * CHARACTER_POINTS / MM) * MM
    counted = seen.stretched if full else seen.spacings
    for before, after in pairwise(line):
        if width(before.char) == width(after.char) == 1:
            counted[round(after.x - before.x, 1)] += 1


def _paper(seen: _Seen) -> Measure:
    sizes = [
        _("{wide}×{high} 毫米").format(wide=wide, high=high) for wide, high in sorted(seen.papers)
    ]
    found = _("、").join(sizes)
    return Measure(_("纸张"), _("210×297 毫米"), found, seen.papers == {(210, 297)})


def _margins(seen: _Seen) -> Measure | None:
    if not seen.edges:
        return None
    left, top, right, bottom = (
        pick(values)
        for pick, values in zip((min, min, max, max), zip(*seen.edges, strict=True), strict=True)
    )
    holds = (
        left > _LEFT - _TOLERANCE_MM
        and top > _TOP - _TOLERANCE_MM
        and right < _RIGHT + _TOLERANCE_MM
        and bottom < _BOTTOM + _TOLERANCE_MM
    )
    most = max(seen.lines, default=0)
    if most >= _ENOUGH_LINES:
        # So much text comes to both edges and to the first line, a full page to the last one too.
        holds = holds and left < _LEFT + _INSIDE_MM and right > _RIGHT - _INSIDE_MM
        holds = holds and top < _TOP + _INSIDE_MM
    if most >= LINES:
        holds = holds and bottom > _BOTTOM - _INSIDE_MM
    found = _("文字在左 {left:.1f}、上 {top:.1f}、右 {right:.1f}、下 {bottom:.1f} 毫米以内").format(
        left=left, top=top, right=210 - right, bottom=297 - bottom
    )
    return Measure(_("版心"), _("左 28、上 37、右 26、下 35 毫米"), found, holds)


def _grid(seen: _Seen) -> list[Measure]:
    made = []
    if seen.sizes and not any(seen.lines):
        size, _times = seen.sizes.most_common(1)[0]
        found = _("{size} 磅").format(size=f"{size:g}")
        made.append(Measure(_("正文字号"), _("三号（16 磅）"), found, holds=False))
    if seen.pitches:
        # The mean: LibreOffice rounds each line's place to a tenth of a millimetre.
        pitch = fmean(seen.pitches)
        most = max(seen.lines)
        # A short document fills no page; its lines tell how many would stand on one.
        room = int((_BOTTOM - _TOP) * MM / pitch)
        holds = abs(pitch - LINE_POINTS) < 0.15 and room == LINES and most <= LINES
        found = _("{lines} 行（行距 {pitch:.2f} 磅）").format(lines=max(room, most), pitch=pitch)
        made.append(Measure(_("每页可排"), _("22 行（行距 28.95 磅）"), found, holds))
    # Only where hardly a line ends before the edge are those that reach it asked too.
    spacings = seen.spacings
    if spacings.total() < _ENOUGH_PAIRS:
        spacings = seen.spacings + seen.stretched
    if spacings:
        space, _times = spacings.most_common(1)[0]
        count = int((_RIGHT - _LEFT) * MM / space + 0.1)
        holds = count == CHARACTERS and abs(space - CHARACTER_POINTS) < 0.2
        found = _("{count} 字（字距 {space:.1f} 磅）").format(count=count, space=space)
        made.append(Measure(_("每行可排"), _("28 字"), found, holds))
    return made


def _numbers(seen: _Seen) -> Measure:
    wanted = _("一字线距版心 7 毫米，单页居右、双页居左")
    if not seen.dashes:
        return Measure(_("页码"), wanted, _("没有"), False)
    below = median(seen.dashes)
    even = max(abs(dash - below) for dash in seen.dashes) < 0.5
    holds = even and abs(below - _DASH_BELOW) < _TOLERANCE_MM and not seen.wrong_numbers
    found = _("一字线距版心 {below:.1f} 毫米").format(below=below)
    if seen.wrong_numbers:
        pages = _("、").join(str(number) for number in seen.wrong_numbers[:5])
        found += _("，第 {pages} 页位置不对").format(pages=pages)
    else:
        found += _("，单页居右、双页居左")
    return Measure(_("页码"), wanted, found, holds)


def _faces(seen: _Seen) -> Measure | None:
    """Return whether title, text and page numbers are set in the designs of the standard."""
    roles = ((_TITLE, _("标题")), (_BODY, _("正文")), (_NUMBER, _("页码")))
    used = [(size, role, seen.fonts[size].most_common(1)) for size, role in roles]
    told = [(size, role, most[0][0]) for size, role, most in used if most]
    if not told:
        return None
    holds = all(_plain(font).startswith(_DESIGNS[size]) for size, _role, font in told)
    found = _("、").join(f"{role} {font}" for _size, role, font in told)
    return Measure(_("字体"), _("标题小标宋、正文仿宋、页码宋体"), found, holds)


def _plain(font: str) -> str:
    return "".join(char for char in font.casefold() if char.isalnum())
