"""检查表 on A4: blank to be filled in by hand on the round, filled in once it was held."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QPageLayout

from sanyou_desktop.desktop.jobs import Progress
from sanyou_desktop.desktop.printing.holding import Holding
from sanyou_desktop.desktop.printing.laid_out import LaidOut, Stroke
from sanyou_desktop.desktop.printing.paper_fonts import HEI, SONG, TITLE, paper_font
from sanyou_desktop.desktop.printing.paper_table import Column, PaperTable, Sheet
from sanyou_desktop.desktop.printing.printable import page
from sanyou_desktop.model.inspection import RESULTS, Inspection, Item
from sanyou_desktop.model.quantity import plain
from sanyou_desktop.wording import _

if TYPE_CHECKING:
    from sanyou_desktop.desktop.deeds.deed import Place

_MARGINS = (18.0, 18.0, 18.0, 14.0)
_MM = 72 / 25.4
_TITLE, _BODY, _CELL, _SMALL = 18, 10.5, 10, 9
_FOOT = 20.0
# Room to write by hand.
_LEAST_ROW = 9 * _MM
_OPINION, _SIGNATURES = 20 * _MM, 22 * _MM
# As much is enough where it saves a page.
_LEAST_OPINION, _LEAST_SIGNATURES = 13 * _MM, 15 * _MM
# An opinion that takes more of a page than this goes on over pages.
_MOST_OPINION = 0.5
_GAP = 6.0
# A page on its side where this many columns of text stand beside one another.
_TEXTS_ACROSS = 4
_MANY_COLUMNS = 7


@dataclass(frozen=True)
class CheckSheet:
    """The check sheet of one inspection; only columns that hold something are printed."""

    inspection: Inspection
    layout: QPageLayout = field(init=False)

    def __post_init__(self) -> None:
        """Lay the page on its side if there is more than stands beside one another upright."""
        columns = columns_of(self.inspection)
        texts = sum(bool(column.weight) for _key, column in columns)
        wide = texts >= _TEXTS_ACROSS or len(columns) >= _MANY_COLUMNS
        object.__setattr__(self, "layout", page(landscape=wide, margins=_MARGINS))

    @property
    def title(self) -> str:
        """What it is called, also as a file."""
        return _("检查表：{title}").format(title=self.inspection.title)

    @property
    def holds(self) -> Holding:
        """The inspection, for the log of what left the ledger."""
        return Holding.of(f"check_sheet:{self.inspection.id}", [self.inspection])

    def laid_out(self, progress: Progress | None = None) -> LaidOut:
        """Return the pages, ready to be painted on any device; on any thread.

        Raises:
            Cancelled: the user stopped it.
        """
        sheet = Sheet.of(self.layout, _FOOT)
        self._head(sheet)
        end = SignedEnd(sheet, self.inspection, paper_font(SONG, _BODY))
        self._table(sheet, end, progress or Progress())
        end.draw()
        below = (0.0, sheet.height, sheet.width, _FOOT)
        foot = Stroke(below, self._foot(), paper_font(SONG, _SMALL))
        return LaidOut(self.title, self.layout, sheet.pages, self.holds, foot)

    def _foot(self) -> str:
        """Return what stands below every page: pages that lie about are found together again."""
        number = self.inspection.number.replace("{", "{{").replace("}", "}}")
        return "　".join(filter(None, (number, _("第 {number} 页 共 {count} 页"))))

    @property
    def _is_wide(self) -> bool:
        return self.layout.orientation() == QPageLayout.Orientation.Landscape

    def _head(self, sheet: Sheet) -> None:
        title = paper_font(TITLE, _TITLE)
        centre = Qt.AlignmentFlag.AlignHCenter
        for line in sheet.lines(self.inspection.title, title, sheet.width):
            high = sheet.line_height(title)
            sheet.write([line], title, (0, sheet.y, sheet.width, high), centre)
            sheet.y += high
        sheet.y += _GAP
        body = paper_font(SONG, _BODY)
        half = sheet.width / 2
        for pair in facts_of(self.inspection):
            broken = [sheet.lines(text, body, half - _GAP) for text in pair]
            high = sheet.line_height(body) * max(map(len, broken))
            for place, lines in enumerate(broken):
                box = (place * half, sheet.y, half - _GAP, high)
                sheet.write(lines, body, box, Qt.AlignmentFlag.AlignLeft)
            sheet.y += high
        sheet.y += _GAP

    def _table(self, sheet: Sheet, end: SignedEnd, progress: Progress) -> None:
        columns = columns_of(self.inspection, wide=self._is_wide)
        small, body = paper_font(HEI, _CELL), paper_font(SONG, _CELL)
        table = PaperTable(sheet, [column for _key, column in columns], small, body)
        held = _is_held(self.inspection)
        rows = [
            [_cell(key, item, number, held=held) for key, _column in columns]
            for number, item in enumerate(self.inspection.items, start=1)
        ]
        if any(item.full_score is not None for item in self.inspection.items):
            rows.append([_total(key, self.inspection, held=held) for key, _column in columns])
        note = _("★ 为一票否决项：有一项不合格，整体不合格。")
        told = sheet.lines(note, body, sheet.width)[:1] if _has_veto(self.inspection) else []
        noted = (_GAP + sheet.line_height(body)) * len(told)
        # Nobody signs a page that does not say what is signed for.
        last = 2 if len(rows) > len(self.inspection.items) else 1
        *before, last_item = rows[: len(rows) - last + 1]
        below = rows[len(before) + 1 :]
        table.header()
        for number, texts in enumerate(before):
            table.row(texts, _LEAST_ROW)
            progress.step(number, len(rows), _("正在排版"))
        rest = sum(table.height(texts, _LEAST_ROW) for texts in below) + noted
        end.settle(table.height(last_item, _LEAST_ROW) + rest)
        table.row(last_item, _LEAST_ROW, rest + end.height)
        for texts in below:
            table.row(texts, _LEAST_ROW)
        if told:
            box = (0, sheet.y + _GAP, sheet.width, noted - _GAP)
            sheet.write(told, body, box, Qt.AlignmentFlag.AlignLeft)
            sheet.y += noted


class SignedEnd:
    """The boxes for the opinion and the signatures, together on one page with the last item."""

    def __init__(self, sheet: Sheet, inspection: Inspection, font: QFont) -> None:
        """Prepare the boxes in their usual heights."""
        self._sheet, self._font = sheet, font
        self._named = " ".join(filter(None, (inspection.number, inspection.title)))
        words = _("检查意见：")
        said = inspection.conclusion.strip() if _is_held(inspection) else ""
        self._said = sheet.lines(words + said, font, sheet.width - 2 * _GAP)
        self._needed = sheet.line_height(font) * len(self._said) + _GAP
        self._opinion, self._signatures = max(_OPINION, self._needed), _SIGNATURES

    @property
    def height(self) -> float:
        """How much of a page they take, the opinion left out that goes on over pages."""
        opinion = 0 if self._is_long else self._opinion
        return _GAP + opinion + self._signatures

    @property
    def _is_long(self) -> bool:
        return self._needed > self._sheet.height * _MOST_OPINION

    def settle(self, before: float) -> None:
        """Take less room if all then stands on this page, after so much ``before`` it."""
        least = max(_LEAST_OPINION, self._needed)
        left = self._sheet.height - self._sheet.y - before - _GAP
        if least + _LEAST_SIGNATURES <= left < self._opinion + self._signatures:
            self._signatures = min(_SIGNATURES, left - least)
            self._opinion = left - self._signatures

    def draw(self) -> None:
        """Draw them from where the sheet stands."""
        sheet = self._sheet
        if sheet.y + self.height > sheet.height:
            # The last item alone fills a page: what is signed for is named at least.
            sheet.new_page()
            self._name()
        sheet.y += _GAP
        if self._is_long:
            table = PaperTable(sheet, [Column(weight=1)], self._font, self._font)
            table.row(["\n".join(self._said)], _OPINION)
            sheet.keep(self._signatures)
        else:
            self._box((0, sheet.y, sheet.width, self._opinion), self._said)
            sheet.y += self._opinion
        third = sheet.width / 3
        signed = (_("检查人（签字）："), _("受检单位负责人（签字）："), _("日期："))
        for place, word in enumerate(signed):
            self._box((place * third, sheet.y, third, self._signatures), [word])
        sheet.y += self._signatures

    def _name(self) -> None:
        sheet = self._sheet
        lines = sheet.lines(self._named, self._font, sheet.width)
        high = sheet.line_height(self._font) * len(lines)
        sheet.write(lines, self._font, (0, 0, sheet.width, high), Qt.AlignmentFlag.AlignLeft)
        sheet.y += high

    def _box(self, box: tuple[float, float, float, float], lines: list[str]) -> None:
        """Draw a box with words at its top, and room below them."""
        sheet = self._sheet
        left, top, width, _height = box
        sheet.frame(box)
        high = sheet.line_height(self._font) * len(lines)
        inside = (left + _GAP, top + _GAP / 2, width - 2 * _GAP, high)
        sheet.write(lines, self._font, inside, Qt.AlignmentFlag.AlignLeft)


def print_sheet(place: Place, inspection: Inspection) -> None:
    """Show the check sheet as it will be printed."""
    from sanyou_desktop.desktop.printing.preview import offer_to_lay_out
    from sanyou_desktop.desktop.withheld import may_print

    sheet = CheckSheet(inspection)
    if may_print(place.widget, place.session, int(bool(inspection.confidential))):
        offer_to_lay_out(place.widget, place.session, sheet.title, sheet.laid_out)


def columns_of(inspection: Inspection, *, wide: bool = False) -> list[tuple[str, Column]]:
    """Return the columns that hold something, and those to be written in.

    On a ``wide`` page the boxes to tick stand in one line.
    """
    items, held = inspection.items, _is_held(inspection)
    scored = any(item.full_score is not None for item in items)
    counted = any(item.deduction is not None for item in items)
    result = 22 if held else 44 if wide else 30
    every = (
        ("number", Column(_("序号"), points=11 * _MM, centred=True), True),
        ("item", Column(_("检查项目"), weight=3), True),
        (
            "follow_through",
            Column(_("落实"), weight=2),
            any(item.follow_through for item in items),
        ),
        ("standard", Column(_("标准"), weight=3), any(item.standard for item in items)),
        ("full_score", Column(_("满分"), points=11 * _MM, centred=True), scored),
        ("deduction", Column(_("每处扣分"), points=11 * _MM, centred=True), counted),
        ("occurrences", Column(_("处数"), points=12 * _MM, centred=True), counted),
        ("score", Column(_("得分"), points=12 * _MM, centred=True), scored),
        ("result", Column(_("结果"), points=result * _MM, centred=held), True),
        ("remark", Column(_("存在问题"), weight=3), True),
    )
    return [(key, column) for key, column, wanted in every if wanted]


def _is_held(inspection: Inspection) -> bool:
    return inspection.status != "planned"


def _cell(key: str, item: Item, number: int, *, held: bool) -> str:
    """Return what is printed in a cell; what is judged is left to be written by hand."""
    if key == "number":
        return str(number)
    if key == "item":
        return f"★{item.item}" if item.veto else item.item
    if key in ("follow_through", "standard"):
        return str(getattr(item, key))
    if key in ("full_score", "deduction"):
        value = getattr(item, key)
        return "" if value is None else plain(value)
    if key == "result":
        return _result(item.result if held else "")
    if not held:
        return ""
    if key == "remark":
        return item.remark
    value = getattr(item, key)
    return "" if value is None else str(value) if isinstance(value, int) else plain(value)


def _result(result: str) -> str:
    """Return the word, or boxes to be ticked where nothing is judged."""
    for option in RESULTS:
        if option.value == result:
            return _(option.title)
    good, bad, none = (_("□{result}").format(result=_(option.title)) for option in RESULTS)
    return f"{good} {bad} {none}"


def _total(key: str, inspection: Inspection, *, held: bool) -> str:
    found = inspection.outcome()
    if key == "item":
        without = held and found.base != found.full
        return _("合计（计分的项目）") if without else _("合计")
    if key == "full_score":
        return plain(found.base if held and found.base else found.full)
    if key == "score" and held and found.base:
        return plain(found.points)
    return ""


def facts_of(inspection: Inspection) -> list[tuple[str, ...]]:
    """Return what is told above the table, two by two; the scores stand beside one another."""
    held = inspection.inspected_on
    planned = inspection.planned_on.in_words() if inspection.planned_on else ""
    blank = _("　　　　年　　月　　日")
    facts = [
        _("受检部门：{text}").format(text=inspection.inspected_unit),
        _("编号：{text}").format(text=inspection.number),
        _("检查地点：{text}").format(text=inspection.place),
        _("检查日期：{text}").format(text=held.in_words() if held else blank),
        _("检查方案：{text}").format(text=inspection.scheme),
    ]
    if planned:
        facts.append(_("计划日期：{text}").format(text=planned))
    if inspection.inspectors:
        names = _("、").join(inspection.inspectors)
        facts.append(_("检查人员：{text}").format(text=names))
    return [*_pairs(facts), *_pairs(_scores(inspection))]


def _scores(inspection: Inspection) -> list[str]:
    """Return the unit's own score, the verified one, and that a veto fails the whole."""
    told = []
    if inspection.self_score is not None:
        told.append(_("自评分：{text}").format(text=plain(inspection.self_score)))
    found = inspection.outcome()
    if not _is_held(inspection):
        return told
    if found.converted is not None:
        points = {"points": plain(found.points), "base": plain(found.base)}
        text = _("核定得分：{points} / {base}")
        if found.base != found.full:
            text = _("核定得分：{points} / {base}，折算 {converted} / {full}")
            points |= {"converted": plain(found.converted), "full": plain(found.full)}
        told.append(text.format(**points))
    if found.vetoed:
        told.append(_("检查结果：一票否决，整体不合格"))
    return told


def _has_veto(inspection: Inspection) -> bool:
    return any(item.veto for item in inspection.items)


def _pairs(facts: list[str]) -> list[tuple[str, ...]]:
    return [tuple(facts[place : place + 2]) for place in range(0, len(facts), 2)]
