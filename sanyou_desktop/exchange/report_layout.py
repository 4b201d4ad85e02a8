"""Everything of a report but the rows of its tables, as XlsxWriter lays it out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from sanyou_desktop.exchange.new_workbook import new_workbook
from sanyou_desktop.exchange.report_cover import write_cover
from sanyou_desktop.exchange.report_file import Skeleton
from sanyou_desktop.exchange.report_looks import Looks
from sanyou_desktop.exchange.report_period import ReportPeriod
from sanyou_desktop.exchange.report_statistics import Statistics, write_statistics
from sanyou_desktop.exchange.report_table import MOST_RECORDS, ReportTable, SheetPart
from sanyou_desktop.exchange.sheet import Sheet
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.wording import _

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet


@dataclass(frozen=True)
class Place:
    """A sheet whose rows are streamed in: its place in the workbook from 1, name, rows."""

    number: int
    name: str
    rows: int


@dataclass(frozen=True)
class TablePlan:
    """The table of a kind: its columns, how many records it will hold, of one unit or of many."""

    sheet: Sheet
    rows: int
    many_units: bool

    def parts(self) -> list[tuple[SheetPart, int]]:
        """Return the sheets it takes, with the number of records on each."""
        of = max(1, -(-self.rows // MOST_RECORDS))
        full = [(SheetPart(number, of), MOST_RECORDS) for number in range(1, of)]
        return [*full, (SheetPart(of, of), self.rows - MOST_RECORDS * (of - 1))]


@dataclass
class Layout:
    """What was laid out, and where rows go."""

    skeleton: Skeleton
    tables: dict[str, list[Place]] = field(default_factory=dict)
    register: list[Place] = field(default_factory=list)

    def streamed(self) -> list[int]:
        """Return the places of the sheets that rows are streamed into."""
        tables = [place for places in self.tables.values() for place in places]
        return [place.number for place in (*tables, *self.register)]


def lay_out(
    ledger: Ledger,
    period: ReportPeriod,
    plans: list[TablePlan],
    register: list[str],
    statistics: Statistics,
    mark: str = "",
) -> Layout:
    """Lay the workbook out for tables of known length.

    ``register`` names the hidden sheets; ``mark`` of secrecy is printed on the cover and each page.
    """
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        path = Path(folder) / "skeleton.xlsx"
        with new_workbook(path) as book:
            looks, tables, hidden = _laid_out(
                book, ledger, period, plans, register, statistics, mark
            )
        skeleton = Skeleton(BytesIO(path.read_bytes()), looks.names(), hidden[0].number)
    return Layout(skeleton, tables, hidden)


def _laid_out(
    book: Workbook,
    ledger: Ledger,
    period: ReportPeriod,
    plans: list[TablePlan],
    register: list[str],
    statistics: Statistics,
    mark: str,
) -> tuple[Looks, dict[str, list[Place]], list[Place]]:
    """Return the formats, and the places of the tables and of the register."""
    looks = Looks(book)
    book.set_properties({"title": report_title(), "author": ledger.own_unit().name})
    cover = book.add_worksheet(_("封面"))
    filled_by = _filled_by(ledger, period)
    tables = {plan.sheet.kind: _tables(book, looks, filled_by, plan) for plan in plans}
    write_statistics(book, looks, statistics, filled_by)
    _cover(cover, looks, ledger, period, plans, mark)
    if mark:
        for page in book.worksheets():
            page.set_header(f"&L{mark}")
    hidden = [_hidden(book, looks, name) for name in register]
    return looks, tables, hidden


def report_title() -> str:
    """Return what the whole report is called."""
    return _("三优一满意活动上报表")


def _filled_by(ledger: Ledger, period: ReportPeriod) -> str:
    return _("填报单位：{unit}　　　　填报日期：{day}　　　　期间：{period}").format(
        unit=ledger.own_unit().name, day=today(), period=period.in_words()
    )


def _tables(book: Workbook, looks: Looks, filled_by: str, plan: TablePlan) -> list[Place]:
    places = []
    for part, rows in plan.parts():
        ReportTable(book, looks, plan.sheet, part).lay_out(filled_by, rows)
        name = part.named(plan.sheet.title)
        places.append(Place(len(book.worksheets()), name, rows))
    return places


def _hidden(book: Workbook, looks: Looks, name: str) -> Place:
    """Add a hidden sheet; that it shows every format tells their numbers."""
    page = book.add_worksheet(name)
    page.hide()
    for column, look in enumerate(looks.names()):
        page.write_blank(0, column, None, looks[look])
    return Place(len(book.worksheets()), name, 0)


def _cover(
    page: Worksheet,
    looks: Looks,
    ledger: Ledger,
    period: ReportPeriod,
    plans: list[TablePlan],
    mark: str,
) -> None:
    unit = ledger.own_unit().outside()
    superior = ledger.unit_names([unit.superior]).get(unit.superior, unit.superior)
    lines = [
        (_("填报单位"), unit.name),
        (_("单位代码"), unit.code),
        (_("报送上级"), superior),
        (_("填报日期"), today()),
        (_("填表人"), ""),
        (_("审核人"), ""),
        (_("审核日期"), ""),
        (_("负责人（签章）"), ""),
        (_("联系电话"), unit.phone),
    ]
    if mark:
        lines.insert(0, (_("密级"), mark))
    counts = [
        (_("{kind}（条）").format(kind=_(kind_of(plan.sheet.kind).title)), plan.rows)
        for plan in plans
    ]
    notes = [
        _("本表由“三优台账”生成，每类一张表，可直接打印；编号、日期和数字均按台账原值。"),
        _("各表右侧“所属单位代码”“记录标识”“校验值”等列供系统识别，请勿修改或删除。"),
        # Excel makes no row higher than 409 points.
        _("一格文字超过 27 行时打印只显示前面部分，全文请点开该单元格查看。"),
    ]
    if period.first or period.last:
        notes.append(_("按期间选取，未注明日期的记录不在本表内。"))
    words = _("期间：{period}").format(period=period.in_words())
    write_cover(page, looks, words, lines, counts, notes)


def today() -> str:
    """Return the day in words."""
    return PartialDate.of(date.today()).in_words()
