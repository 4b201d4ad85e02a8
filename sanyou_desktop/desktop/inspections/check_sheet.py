"""检查表 on A4: blank to be filled in by hand on the round, filled in once it was held."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPagedPaintDevice, QPageLayout

from sanyou_desktop.desktop.printing.holding import Holding
from sanyou_desktop.desktop.printing.paper_fonts import HEI, SONG, TITLE, paper_font
from sanyou_desktop.desktop.printing.paper_table import Column, PaperTable, Sheet
from sanyou_desktop.desktop.printing.printable import Turned, page, untold
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

    def draw(self, device: QPagedPaintDevice, turned: Turned = untold) -> None:
        """Draw every page with its number."""
        sheet = Sheet(device, _FOOT)
        self._head(sheet)
        self._table(sheet)
        _signatures(sheet)
        sheet.paint(_("第 {number} 页 共 {count} 页"), paper_font(SONG, _SMALL), turned)

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
        for pair in _pairs(_facts(self.inspection)):
            broken = [sheet.lines(text, body, half - _GAP) for text in pair]
            high = sheet.line_height(body) * max(map(len, broken))
            for place, lines in enumerate(broken):
                box = (place * half, sheet.y, half - _GAP, high)
                sheet.write(lines, body, box, Qt.AlignmentFlag.AlignLeft)
            sheet.y += high
        sheet.y += _GAP

    def _table(self, sheet: Sheet) -> None:
        items = self.inspection.items
        columns = columns_of(self.inspection)
        small, body = paper_font(HEI, _CELL), paper_font(SONG, _CELL)
        table = PaperTable(sheet, [column for _key, column in columns], small, body)
        table.header()
        held = _is_held(self.inspection)
        for number, item in enumerate(items, start=1):
            table.row([_cell(key, item, number, held=held) for key, _c in columns], _LEAST_ROW)
        if any(item.full_score is not None for item in items):
            table.row([_total(key, self.inspection, held=held) for key, _c in columns], _LEAST_ROW)
        if any(item.veto for item in items):
            lines = sheet.lines(_("★ 为一票否决项：有一项不合格，整体不合格。"), body, sheet.width)
            high = sheet.line_height(body)
            sheet.keep(_GAP + high)
            sheet.write(
                lines[:1], body, (0, sheet.y + _GAP, sheet.width, high), Qt.AlignmentFlag.AlignLeft
            )  # fmt: skip - one thing
            sheet.y += _GAP + high


def print_sheet(place: Place, inspection: Inspection) -> None:
    """Show the check sheet as it will be printed."""
    from sanyou_desktop.desktop.printing.preview import offer_print
    from sanyou_desktop.desktop.printing.withheld import may_print

    if may_print(place.widget, place.session, int(bool(inspection.confidential))):
        offer_print(place.widget, place.session, CheckSheet(inspection))


def columns_of(inspection: Inspection) -> list[tuple[str, Column]]:
    """Return the columns that hold something, and those to be written in."""
    items, held = inspection.items, _is_held(inspection)
    scored = any(item.full_score is not None for item in items)
    counted = any(item.deduction is not None for item in items)
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
        ("result", Column(_("结果"), points=(22 if held else 30) * _MM, centred=held), True),
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
    return f"{good} {bad}\n{none}"


def _total(key: str, inspection: Inspection, *, held: bool) -> str:
    found = inspection.outcome()
    if key == "item":
        return _("合计")
    if key == "full_score":
        return plain(found.full)
    if key == "score" and held and found.base:
        return plain(found.points)
    return ""


def _facts(inspection: Inspection) -> list[str]:
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
    if inspection.self_score is not None:
        facts.append(_("自评分：{text}").format(text=plain(inspection.self_score)))
    return facts


def _pairs(facts: list[str]) -> list[tuple[str, ...]]:
    return [tuple(facts[place : place + 2]) for place in range(0, len(facts), 2)]


def _signatures(sheet: Sheet) -> None:
    """Draw the boxes for the opinion and the signatures, together on one page."""
    sheet.keep(_GAP + _OPINION + _SIGNATURES)
    sheet.y += _GAP
    body = paper_font(SONG, _BODY)
    third = sheet.width / 3
    signed = (_("检查人（签字）："), _("受检单位负责人（签字）："), _("日期："))
    boxes = (
        (0.0, sheet.width, _OPINION, (_("检查意见："),)),
        (_OPINION, third, _SIGNATURES, signed),
    )
    for down, width, height, words in boxes:
        for place, word in enumerate(words):
            left, top = place * width, sheet.y + down
            sheet.frame((left, top, width, height))
            box = (left + _GAP, top + _GAP / 2, width - 2 * _GAP, sheet.line_height(body))
            sheet.write([word], body, box, Qt.AlignmentFlag.AlignLeft)
    sheet.y += _OPINION + _SIGNATURES
