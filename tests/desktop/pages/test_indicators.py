"""The page 指标, driven by keyboard: numbers, formulas, plots, tables, what is missing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QScrollBar
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.indicators.coverage_panel import MissingList
from sanyou_desktop.desktop.indicators.look import Question
from sanyou_desktop.desktop.indicators.records_behind import conditions_behind
from sanyou_desktop.desktop.lists.conditions import Condition, filterable
from sanyou_desktop.desktop.lists.record_page import RecordPage
from sanyou_desktop.desktop.main_window import MainWindow
from sanyou_desktop.desktop.pages.indicators import IndicatorsPage
from sanyou_desktop.desktop.theme.palette import apply_theme
from sanyou_desktop.ledger.coverage import Uncovered
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.repeat_window import keep_repeat_days, repeat_days_of
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.fields import Json
from sanyou_desktop.model.indicators import INDICATORS
from sanyou_desktop.model.periods import Period
from sanyou_desktop.model.unit import Unit
from tests.desktop.conftest import UNIT, Desk, settled
from tests.desktop.pages.conftest import button, shown
from tests.desktop.program import Program

YEAR = date.today().year


@pytest.fixture(scope="session")
def year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of a small year: three findings of this January, one of last, one undated."""
    path = tmp_path_factory.mktemp("ledgers") / "year.sytz"
    given: list[dict[str, Json]] = [
        {"title": "积水", "place": "一楼", "raised_on": f"{YEAR}-01-{day:02d}"} for day in (2, 9, 9)
    ]
    given += [{"title": "漏检", "raised_on": f"{YEAR - 1}-01-05"}, {"title": "日期不详的问题"}]
    with Ledger.create(path, Unit(code=UNIT, name="晋江市政府办公室")) as ledger:
        ledger.save_many([Draft.from_json("finding", one, UNIT).accepted() for one in given], "例")
        pledge = {"title": "四心服务承诺", "status": "published", "published_on": str(YEAR)}
        ledger.save(Draft.from_json("pledge", pledge, UNIT).accepted())
    return path


@pytest.fixture
def page(qtbot: QtBot, desk: Callable[[Path], Desk], year: Path) -> IndicatorsPage:
    made = shown(qtbot, IndicatorsPage(desk(year).session))
    with qtbot.waitActive(made):
        made.activateWindow()
    return made


def row(page: IndicatorsPage, key: str) -> list[str]:
    at = [reading.indicator.key for reading in page.table.readings].index(key)
    return [page.table.rows[at].text(place) for place in range(6)]


def test_numbers_changes_and_what_is_unclear(page: IndicatorsPage) -> None:
    assert row(page, "findings_raised") == [
        "发现问题",
        "3",
        "▲ 2（+200.0%）",
        "▲ 2（+200.0%）",
        "1 条",
        "",
    ]
    assert row(page, "repeat_findings")[1] == "2"
    assert row(page, "satisfaction_rate")[1:4] == ["—", "—", "—"]
    assert "1 条日期不详，可能属于本期，没有计入" in page.hint.text()
    # On its last day a year is as good as over.
    assert ("本期未完" in page.hint.text()) == (date.today() < date(YEAR, 12, 31))


def test_repeats_are_counted_within_the_days_chosen_in_the_settings(
    qtbot: QtBot, page: IndicatorsPage
) -> None:
    assert page.bar.days.currentData() == 180
    session = page.session
    session.jobs.write(lambda ledger: keep_repeat_days(ledger, 30), lambda _kept: None, owner=page)
    settled(qtbot, session)
    page.refresh()
    settled(qtbot, session)
    assert page.bar.days.currentData() == 30
    # What is chosen here is a question of this page, and stays while it is open.
    page.bar.days.setFocus()
    qtbot.keyClick(page.bar.days, Qt.Key.Key_End)
    page.refresh()
    settled(qtbot, session)
    assert page.bar.days.currentData() == 365
    with Ledger.open(session.path, read_only=True) as ledger:
        assert repeat_days_of(ledger) == 30


def test_a_row_tells_its_formula_and_opens_to_it(qtbot: QtBot, page: IndicatorsPage) -> None:
    page.table.setFocus()
    page.table.setCurrentItem(page.table.rows[0])
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    assert page.formula.text().startswith("承诺兑现率 = 已兑现 ÷（")
    qtbot.keyClick(page.table, Qt.Key.Key_Right)
    item = page.table.rows[1]
    assert item.isExpanded()
    inside = item.child(0)
    assert inside is not None
    assert inside.text(0).startswith("公式：已兑现 ÷（")


def test_enter_leads_to_the_records(qtbot: QtBot, page: IndicatorsPage) -> None:
    wanted: list[tuple[str, object]] = []
    page.list_requested.connect(lambda kind, conditions: wanted.append((kind, conditions)))
    page.table.setFocus()
    page.table.setCurrentItem(page.table.rows[7])
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    settled(qtbot, page.session)
    day = Condition("raised_on", first=f"{YEAR}-01-01", last=f"{YEAR}-12-31")
    assert wanted == [("finding", (day,))]


def test_the_table_is_copied_with_its_formulas(qtbot: QtBot, page: IndicatorsPage) -> None:
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]
    assert lines[0] == ["指标", "本期", "环比", "同比", "日期不详", "备注", "公式"]
    assert len(lines) == len(INDICATORS) + 1
    assert lines[8][:2] == ["发现问题", "3"]


def test_another_period_is_asked_by_keyboard(qtbot: QtBot, page: IndicatorsPage) -> None:
    page.bar.earlier.setFocus()
    qtbot.keyClick(page.bar.earlier, Qt.Key.Key_Space)
    settled(qtbot, page.session)
    assert page.bar.name.text() == f"{YEAR - 1}年"
    assert "本期未完" not in page.hint.text()
    assert row(page, "findings_raised")[1] == "1"
    button(page, "看全部时间").click()
    settled(qtbot, page.session)
    assert row(page, "findings_raised")[1:5] == ["5", "—", "—", ""]
    assert page.everything.isHidden()


def figures(qtbot: QtBot, page: IndicatorsPage) -> IndicatorsPage:
    """Turn to the plots, which take their library from another thread."""
    page.views.button(1).click()
    qtbot.waitUntil(lambda: len(page.figures.plots) == 2)
    return page


def test_the_plot_is_read_by_keyboard(qtbot: QtBot, page: IndicatorsPage) -> None:
    plot = figures(qtbot, page).figures.plots["month"]
    assert plot.accessibleName() == "发现问题，按月份"
    qtbot.waitUntil(plot.isVisible)
    # A line where nobody looks would be taken for a value.
    assert not plot.is_pointing()
    plot.setFocus()
    qtbot.waitUntil(plot.hasFocus)
    assert plot.is_pointing()
    said = f"1月：{YEAR}年 3，{YEAR - 1}年 1，同比 ▲ 2（+200.0%）"
    assert page.figures.said.text() == plot.accessibleDescription() == said
    qtbot.keyClick(plot, Qt.Key.Key_End)
    assert page.figures.said.text().startswith("12月：")
    qtbot.keyClick(plot, Qt.Key.Key_Right)
    assert plot.at == 11
    qtbot.keyClick(plot, Qt.Key.Key_Home)
    qtbot.keyClick(plot, Qt.Key.Key_Left)
    assert plot.at == 0
    page.figures.as_table.setFocus()
    assert not plot.is_pointing()


def test_months_to_come_are_gaps_not_zeros(qtbot: QtBot, page: IndicatorsPage) -> None:
    series = figures(qtbot, page).figures.plots["month"].series
    month = date.today().month
    assert all(value is not None for value in series.now[:month])
    assert all(value is None for value in series.now[month:])
    assert all(value is not None for value in series.then)


@pytest.mark.parametrize("key", [indicator.key for indicator in INDICATORS])
def test_every_indicator_can_be_plotted(qtbot: QtBot, page: IndicatorsPage, key: str) -> None:
    choice = figures(qtbot, page).figures.choice
    choice.setCurrentIndex(choice.findData(key))
    choice.activated.emit(choice.currentIndex())
    assert page.figures.plots["quarter"].series.labels == ["1季度", "2季度", "3季度", "4季度"]


def test_numbers_of_a_plot_are_a_key_away(qtbot: QtBot, page: IndicatorsPage) -> None:
    figures(qtbot, page)
    page.figures.as_table.setFocus()
    qtbot.keyClick(page.figures.as_table, Qt.Key.Key_Space)
    table = page.figures.tables["month"]
    assert table.isVisible()
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t") == ["月份", f"{YEAR}年", f"{YEAR - 1}年", "同比"]
    assert lines[1].split("\t") == ["1月", "3", "1", "▲ 2（+200.0%）"]
    assert len(lines) == 13
    QGuiApplication.clipboard().clear()
    button(page.figures, "复制表格").click()
    assert QGuiApplication.clipboard().text().splitlines() == lines


def test_plots_change_with_the_theme(
    qtbot: QtBot, qapp: QApplication, page: IndicatorsPage
) -> None:
    figures(qtbot, page)
    light = page.figures.legend.text()
    apply_theme(qapp, Qt.ColorScheme.Dark)
    assert page.figures.legend.text() != light
    apply_theme(qapp, Qt.ColorScheme.Light)


def test_coverage_leads_to_what_is_missing(qtbot: QtBot, page: IndicatorsPage) -> None:
    page.views.button(2).click()
    settled(qtbot, page.session)
    opened: list[tuple[str, str]] = []
    wanted: list[tuple[str, tuple[Condition, ...]]] = []
    page.open_requested.connect(lambda kind, found: opened.append((kind, found)))
    page.list_requested.connect(lambda kind, found: wanted.append((kind, found)))
    assert page.coverage.unchecked.state.text() == "1 件，共 1 件"
    missing = page.coverage.unchecked.list
    missing.setFocus()
    missing.setCurrentRow(0)
    qtbot.keyClick(missing, Qt.Key.Key_Return)
    (pledge,) = page.session.jobs._reader.records("pledge")
    assert opened == [("pledge", pledge.id)]
    matrix = page.coverage.matrix
    assert "优质服务" in page.coverage.bare.text()
    matrix.setFocus()
    matrix.setCurrentCell(0, 4)
    qtbot.keyClick(matrix, Qt.Key.Key_Return)
    settled(qtbot, page.session)
    ((kind, conditions),) = wanted
    assert kind == "finding"
    assert Condition("themes", ("service",)) in conditions


def test_all_that_is_missing_is_a_click_away(qtbot: QtBot) -> None:
    missing = MissingList("没有检查过的承诺", "说明", "都有")
    qtbot.addWidget(missing)
    missing.show_missing([Uncovered(str(n), f"CN-{n}", "承诺") for n in range(30)], 30)
    missing.show()
    listed = missing.list
    assert [listed.isRowHidden(row) for row in (7, 8)] == [False, True]
    qtbot.keyClick(missing.rest, Qt.Key.Key_Space)
    assert not any(listed.isRowHidden(row) for row in range(30))
    assert listed.viewport().height() >= listed.visualItemRect(listed.item(29)).bottom()
    assert listed.currentRow() == 8
    assert missing.rest.isHidden()


def test_units_are_ranked_and_lead_to_their_records(
    qtbot: QtBot, desk: Callable[[Path], Desk], year: Path, tmp_path: Path
) -> None:
    path = tmp_path / "units" / "多单位.sytz"
    path.parent.mkdir()
    path.write_bytes(year.read_bytes())
    other = {"title": "门坏了", "raised_on": f"{YEAR}-02-01"}
    with Ledger.open(path) as ledger:
        ledger.save(Unit(unit=UNIT, code="350300", name="莆田市局"))
        ledger.save(Unit(unit=UNIT, code="350400", name="三明市局"))
        ledger.save(Draft.from_json("finding", other, "350300").accepted())
    page = shown(qtbot, IndicatorsPage(desk(path).session))
    page.views.button(3).click()
    settled(qtbot, page.session)
    ranking = page.ranking
    ranking.choice.setCurrentIndex(ranking.choice.findData("findings_raised"))
    ranking.choice.activated.emit(ranking.choice.currentIndex())
    ranking.copy()
    lines = [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]
    assert lines[0] == ["名次", "单位", "本期", "同比", "备注"]
    assert [line[:3] for line in lines[1:]] == [
        ["", "全部单位", "4"],
        ["1", "晋江市政府办公室", "3"],
        ["2", "莆田市局", "1"],
        ["3", "三明市局", "0"],
    ]
    wanted: list[tuple[str, tuple[Condition, ...]]] = []
    page.list_requested.connect(lambda kind, found: wanted.append((kind, found)))
    ranking.table.setFocus()
    ranking.table.setCurrentCell(2, 1)
    qtbot.keyClick(ranking.table, Qt.Key.Key_Return)
    settled(qtbot, page.session)
    ((kind, conditions),) = wanted
    assert kind == "finding"
    assert Condition("unit", ("350300",)) in conditions


def test_one_unit_is_not_ranked(page: IndicatorsPage) -> None:
    assert page.views.button(3).isHidden()


@pytest.mark.parametrize("view", [0, 1, 2])
@pytest.mark.parametrize("size", [(840, 611), (1182, 739), (1736, 1051)])
def test_one_bar_scrolls_what_does_not_fit(
    qtbot: QtBot, page: IndicatorsPage, view: int, size: tuple[int, int]
) -> None:
    page.resize(*size)
    page.views.button(view).click()
    if view == 1:
        qtbot.waitUntil(lambda: len(page.figures.plots) == 2)
        page.figures.as_table.click()
    settled(qtbot, page.session)
    QApplication.sendPostedEvents()
    bars = [
        bar
        for bar in page.findChildren(QScrollBar)
        if bar.isVisible() and bar.minimum() < bar.maximum()
    ]
    assert len(bars) <= 1
    assert all(bar.orientation() == Qt.Orientation.Vertical for bar in bars)


def test_an_empty_ledger_says_what_to_do(
    qtbot: QtBot, desk: Callable[[Path], Desk], tmp_path: Path
) -> None:
    path = tmp_path / "空.sytz"
    Ledger.create(path, Unit(code=UNIT, name="晋江市政府办公室")).close()
    empty = tmp_path / "copied"
    empty.mkdir()
    template = path.rename(empty / "空.sytz")
    page = shown(qtbot, IndicatorsPage(desk(template).session))
    assert page.empty.isVisible()
    assert page.bar.isHidden()
    with qtbot.waitSignal(page.list_requested) as asked:
        page.empty.action.click()
    assert asked.args == ["pledge", ()]


def test_records_behind_every_indicator_can_be_listed() -> None:
    question = Question(Period.of("month", date.today()), date.today(), "350582-01", "service")
    for indicator in INDICATORS:
        for condition in conditions_behind(indicator.key, indicator.kind, question):
            assert condition.key in filterable(indicator.kind)


def in_window(
    qtbot: QtBot, program: Program, year: Path, folder: Path
) -> tuple[MainWindow, IndicatorsPage]:
    """Open a copy of the ledger in a window, and go to the page."""
    path = folder / "本局.sytz"
    path.write_bytes(year.read_bytes())
    program.open(path)
    window = program.main
    window.go("indicators")
    page = window.page("indicators")
    assert isinstance(page, IndicatorsPage)
    settled(qtbot, window.session)
    return window, page


def test_the_window_shows_the_list_behind_a_number(
    qtbot: QtBot, program: Program, year: Path, tmp_path: Path
) -> None:
    window, page = in_window(qtbot, program, year, tmp_path)
    page.table.opened.emit("findings_raised")
    finding = window.page("finding")
    assert isinstance(finding, RecordPage)
    qtbot.waitUntil(lambda: finding.list.total == 3)
    assert [one.key for one in finding.filters.conditions] == ["raised_on"]


def test_the_list_behind_repeats_holds_them_alone(
    qtbot: QtBot, program: Program, year: Path, tmp_path: Path
) -> None:
    window, page = in_window(qtbot, program, year, tmp_path)
    assert row(page, "repeat_findings")[1] == "2"
    page.table.opened.emit("repeat_findings")
    finding = window.page("finding")
    assert isinstance(finding, RecordPage)
    qtbot.waitUntil(lambda: finding.list.total == 2)
    (chip,) = finding.filters.chips()
    assert chip.text().startswith(f"重复问题（{YEAR}年）：计入的 2 条")
    # The first of the three is what the others repeat.
    listed: list[list[str]] = []
    finding.list.table.selectAll()
    finding.list.selected_ids(listed.append)
    qtbot.waitUntil(lambda: bool(listed))
    with Ledger.open(window.session.path, read_only=True) as ledger:
        found = [record for one in listed[0] if (record := ledger.get(one))]
    assert [str(record.occurred_on()) for record in found] == [f"{YEAR}-01-09"] * 2
    with qtbot.waitSignal(finding.list.arranged):
        finding.list.sort_by("title", descending=True)
    kept = window.session.preferences.view("finding")
    assert (kept["sort"], kept["conditions"]) == ("title", [])
    finding.filters.clear()
    qtbot.waitUntil(lambda: finding.list.total == 5)


def test_without_repeats_the_list_behind_them_is_empty(
    qtbot: QtBot, program: Program, year: Path, tmp_path: Path
) -> None:
    window, page = in_window(qtbot, program, year, tmp_path)
    page.bar.earlier.setFocus()
    qtbot.keyClick(page.bar.earlier, Qt.Key.Key_Space)
    settled(qtbot, window.session)
    assert row(page, "repeat_findings")[1] == "0"
    page.table.opened.emit("repeat_findings")
    finding = window.page("finding")
    assert isinstance(finding, RecordPage)
    settled(qtbot, window.session)
    qtbot.waitUntil(lambda: finding.list.total == 0)
