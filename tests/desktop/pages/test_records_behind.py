"""Every total of a rolled-up year leads to the very records that it counts, in the real window."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableWidget, QTreeWidget
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.lists.record_page import RecordPage
from sanyou_desktop.desktop.main_window import MainWindow
from sanyou_desktop.desktop.pages.indicators import IndicatorsPage
from sanyou_desktop.exchange.report_workbook import export_report
from sanyou_desktop.exchange.rollup import roll_up
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.fields import Json
from sanyou_desktop.model.indicators import INDICATORS
from sanyou_desktop.model.indicators.words import value_words
from sanyou_desktop.model.kinds import REPORTED
from sanyou_desktop.model.periods import Period
from sanyou_desktop.model.record import THEMES, Record
from sanyou_desktop.model.unit import Unit
from tests.benchmarks.year_ledger import UNIT, YEAR, make_ledger
from tests.desktop.conftest import settled
from tests.desktop.program import Program
from tests.model.indicators.recount import recount

OTHER, PROVINCE = "350300", "350000"
ASKED = Period.of("year", date(YEAR, 6, 1))
TODAY = date.today()
# What conditions on fields do not select as it is counted.
APART: tuple[tuple[str, dict[str, Json]], ...] = (
    ("activity", {"title": "没有金额", "started_on": f"{YEAR}-05"}),
    ("activity", {"title": "计划中的", "started_on": f"{YEAR}-05", "status": "planned",
                  "amount": "5万元"}),
    ("activity", {"title": "日子不全", "started_on": "XXXX-05-01", "amount": "7万元"}),
    ("activity", {"title": "花了钱的", "started_on": f"{YEAR}-05", "amount": "3万元"}),
    ("finding", {"title": "等待复查的", "status": "rectified", "due_on": f"{YEAR - 1}-03-01",
                 "measure": "改", "raised_on": f"{YEAR - 1}-02-01",
                 "rounds": [{"rectified_on": f"{YEAR - 1}-03-09", "by": "甲"}]}),
    ("finding", {"title": "不知哪天提出的", "source": "complaint"}),
    ("pledge", {"title": "去年履行的", "status": "published", "published_on": f"{YEAR}-01",
                "clauses": [{"key": "k", "text": "条"}],
                "fulfilments": [{"on": f"{YEAR - 1}-02-01", "clause": "k", "outcome": "kept"}]}),
    ("rule", {"title": "明年起施行的", "status": "in_force", "effective_on": f"{YEAR + 1}-01"}),
    ("survey", {"title": "没填份数的", "status": "done", "held_on": f"{YEAR}-04-01"}),
)  # fmt: skip
BOTH: dict[str, Json] = {"themes": ["service", "conduct"]}


@pytest.fixture(scope="module")
def rolled_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A province into which the reports of two units were rolled up."""
    folder = tmp_path_factory.mktemp("behind")
    make_ledger(folder / "一.sytz", 0.0015)
    other = folder / "二.sytz"
    with Ledger.create(other, Unit(code=OTHER, name="莆田市局", superior=PROVINCE)) as ledger:
        for kind, given in APART:
            ledger.save(Draft.from_json(kind, given | BOTH, OTHER).accepted())
    path = folder / "省.sytz"
    with Ledger.create(path, Unit(code=PROVINCE, name="省机关事务管理局")) as superior:
        for place in ("一", "二"):
            report = folder / f"{place}.xlsx"
            with Ledger.open(folder / f"{place}.sytz", read_only=True) as unit:
                export_report(unit, report)
            assert not roll_up(superior, [report]).preview.left_out
    return path


class Reader:
    """Looks at numbers and goes to the records behind them, by mouse."""

    def __init__(self, qtbot: QtBot, program: Program, path: Path) -> None:
        program.open(path)
        self.qtbot = qtbot
        self.window: MainWindow = program.main
        self.window.resize(1500, 1100)
        with Ledger.open(path, read_only=True) as ledger:
            self.records = {
                record.id: record for kind in REPORTED for record in ledger.records(kind)
            }
        self.go()
        # The year of the records, whatever year it is.
        while self.page.bar.period != ASKED:
            qtbot.mouseClick(self.page.bar.earlier, Qt.MouseButton.LeftButton)
        self.settle()

    @property
    def page(self) -> IndicatorsPage:
        found = self.window.page("indicators")
        assert isinstance(found, IndicatorsPage)
        return found

    def settle(self) -> None:
        settled(self.qtbot, self.window.session)

    def go(self) -> None:
        self.window.go("indicators")
        self.settle()

    def ask(self, unit: str = "", theme: str = "") -> None:
        """Choose a unit and a theme as by their lists."""
        self.go()
        for box, wanted in ((self.page.bar.unit, unit), (self.page.bar.theme, theme)):
            box.setFocus()
            self.qtbot.keyClick(box, Qt.Key.Key_Home)
            for _step in range(box.findData(wanted)):
                self.qtbot.keyClick(box, Qt.Key.Key_Down)
            assert box.currentData() == wanted
        self.settle()

    def click(self, table: QTreeWidget | QTableWidget, row: int, column: int) -> None:
        index = table.model().index(row, column)
        table.scrollTo(index)
        at = table.visualRect(index).center()

        self.qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)

    def listed(self, kind: str) -> list[Record]:
        """Return what the list shows that the window went to."""
        self.settle()
        page = self.window.stack.currentWidget()
        assert isinstance(page, RecordPage)
        assert page.kind == kind
        with Ledger.open(self.window.session.path, read_only=True) as ledger:
            found = ledger.ids(kind, page.list.model.query)
        assert len(found) == page.list.total
        return [self.records[one] for one in found]


@pytest.fixture
def reader(qtbot: QtBot, program: Program, rolled_up: Path, tmp_path: Path) -> Reader:
    path = tmp_path / "省.sytz"
    path.write_bytes(rolled_up.read_bytes())
    return Reader(qtbot, program, path)


def made_of(key: str, records: list[Record]) -> str:
    """Return what an indicator says where there are no other records than these."""
    indicator = next(one for one in INDICATORS if one.key == key)
    return value_words(indicator, indicator.value(recount(records, ASKED, TODAY, 180)))


@pytest.mark.parametrize(
    ("unit", "theme"),
    [("", ""), (OTHER, ""), ("", "service"), ("", "environment"), (OTHER, "conduct")],
)
def test_a_number_of_a_unit_and_a_theme_leads_to_the_records_it_counts(
    reader: Reader, unit: str, theme: str
) -> None:
    for row, indicator in enumerate(INDICATORS):
        reader.ask(unit, theme)
        shown = reader.page.table.rows[row].text(1)
        reader.click(reader.page.table, row, 0)
        records = reader.listed(indicator.kind)
        assert {one.unit for one in records} <= ({unit} if unit else {UNIT, OTHER})
        assert all(theme in one.themes for one in records if theme)
        if indicator.key == "repeat_findings":
            assert shown.split()[0] == str(len(records))
        else:
            assert made_of(indicator.key, records) == shown, indicator.key
        if indicator.shape == "count":
            assert str(len(records)) == shown.split()[0], indicator.key


def test_a_number_in_the_ranking_leads_to_the_records_of_its_unit(reader: Reader) -> None:
    reader.ask(theme="conduct")
    for key in ("money_invested", "findings_overdue", "fulfilment_rate", "findings_raised"):
        for row in range(3):
            reader.go()
            reader.page.views.button(3).click()
            reader.settle()
            panel = reader.page.ranking
            panel.choice.setCurrentIndex(panel.choice.findData(key))
            panel.choice.activated.emit(panel.choice.currentIndex())
            shown = panel.table.item(row, 2)
            assert shown is not None
            reader.click(panel.table, row, 1)
            index = panel.table.model().index(row, 1)
            at = panel.table.visualRect(index).center()
            reader.qtbot.mouseDClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=at)
            kind = next(one.kind for one in INDICATORS if one.key == key)
            records = reader.listed(kind)
            if row:
                assert {one.unit for one in records} <= {panel.ranked[row - 1].unit}
            assert made_of(key, records) == shown.text()


def test_a_count_of_the_coverage_leads_to_its_records(reader: Reader) -> None:
    reader.ask()
    for row, theme in enumerate(THEMES):
        for column, kind in enumerate(REPORTED, start=1):
            reader.go()
            reader.page.views.button(2).click()
            reader.settle()
            matrix = reader.page.coverage.matrix
            cell = matrix.item(row, column)
            assert cell is not None
            shown = "0" if cell.text() == "缺" else cell.text()
            reader.click(matrix, row, column)
            records = reader.listed(kind)
            assert str(len(records)) == shown
            assert all(theme.value in one.themes for one in records)
