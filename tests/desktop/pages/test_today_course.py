"""今日 shows how the year goes: five shares with their months, and leads to the plots."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.main_window import MainWindow
from sanyou_desktop.desktop.pages.indicators import IndicatorsPage
from sanyou_desktop.desktop.pages.today import TodayPage
from sanyou_desktop.desktop.pages.today_course import Course, YearStrip, look_at_year
from sanyou_desktop.ledger.counting.sums import Scope
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.finding import Finding, Round
from sanyou_desktop.model.indicators.register import INDICATORS
from sanyou_desktop.model.periods import Period
from sanyou_desktop.model.unit import Unit
from tests.desktop.conftest import UNIT, Desk, settled
from tests.desktop.pages.conftest import board_of, shown
from tests.desktop.program import Program


def finding(day: date, *, is_done: bool, unit: str = UNIT) -> Finding:
    """A finding raised on a day, and rectified and answered the same day, or not."""
    raised = PartialDate.of(day)
    made = Finding(unit=unit, title=f"{day}", raised_on=raised, due_on=raised)
    if not is_done:
        return made
    done = Round(
        key="a", rectified_on=raised, by="张三", rectification="已改",
        verified_on=raised, verified_by="李四", verdict="passed",
    )  # fmt: skip
    whole = replace(made, rounds=(done,), reply="已改", replied_on=raised, closed_on=raised)
    return replace(whole, status="closed")


def courses(found: tuple[Course, ...]) -> dict[str, Course]:
    return {one.indicator.key: one for one in found}


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.create(tmp_path / "年.sytz", Unit(code=UNIT, name="晋江市政府办公室")) as ledger:
        yield ledger


@pytest.mark.parametrize("day", [date(2026, 3, 10), date(2026, 1, 1), date(2026, 12, 31)])
def test_the_course_is_that_of_the_indicators(ledger: Ledger, day: date) -> None:
    for back in range(0, 500, 9):
        raised = day - timedelta(days=back)
        ledger.save(finding(raised, is_done=back % 2 == 0))
        ledger.save(finding(raised, is_done=back % 3 == 0, unit="350300"))
    for unit in ("", UNIT, "350300"):
        found = courses(look_at_year(ledger, day, unit))
        assert list(found) == [
            "fulfilment_rate",
            "rectification_rate",
            "on_time_rate",
            "replied_rate",
            "satisfaction_rate",
        ]
        for one in (item for item in INDICATORS if item.key in found):
            months = found[one.key].months
            assert [month.first for month, _value in months][-1] == day.replace(day=1)
            assert len(months) == 12
            asked = [Period.of("year", day), *(month for month, _value in months)]
            tallies = ledger.tallies(asked, day, Scope(unit))[""]
            wanted = [one.value(tally) for tally in tallies]
            assert [found[one.key].value, *(value for _month, value in months)] == wanted
    assert found["rectification_rate"].value not in (None, Decimal(0))
    assert found["fulfilment_rate"].value is None


def test_what_is_known_of_the_year_is_shown_and_can_be_followed(qtbot: QtBot, at: Desk) -> None:
    day = date.today()
    page = board_of(qtbot, at, finding(day, is_done=True), finding(day, is_done=False))
    qtbot.waitUntil(page.year.isVisible)
    visible = [key for key, tile in page.year.tiles.items() if tile.isVisible()]
    assert visible == ["rectification_rate", "on_time_rate", "replied_rate"]
    tile = page.year.tiles["rectification_rate"]
    assert tile.value == "50.0%"
    assert tile.heights[-1] == 50
    assert set(tile.heights[:-1]) == {None}
    assert f"{day.year}年{day.month}月 50.0%" in tile.toolTip()
    tile.setFocus()
    with qtbot.waitSignal(page.course_wanted) as wanted:
        qtbot.keyClick(tile, Qt.Key.Key_Space)
    assert wanted.args == ["rectification_rate"]


def test_on_a_low_screen_the_year_stands_back_for_what_presses(qtbot: QtBot, at: Desk) -> None:
    page = board_of(qtbot, at, finding(date.today(), is_done=True))
    page.resize(900, 700)
    qtbot.waitUntil(page.year.isVisible)
    page.resize(900, 300)
    assert not page.year.isVisible()
    page.resize(900, 700)
    assert page.year.isVisible()


def test_a_year_of_which_nothing_is_known_takes_no_room(qtbot: QtBot, ledger: Ledger) -> None:
    strip = YearStrip()
    qtbot.addWidget(strip)
    for is_known in (False, True):
        if is_known:
            ledger.save(finding(date.today(), is_done=True))
        strip.show_courses(look_at_year(ledger, date.today()))
        assert strip.isHidden() is not is_known


def test_the_year_is_counted_for_nobody_unseen(
    qtbot: QtBot, at: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[date] = []

    def look(_ledger: Ledger, day: date, _unit: str) -> tuple[Course, ...]:
        counted.append(day)
        return ()

    monkeypatch.setattr("sanyou_desktop.desktop.pages.today.look_at_year", look)
    page = TodayPage(at.session)
    page.refresh()
    settled(qtbot, at.session)
    qtbot.wait(600)
    assert counted == []
    shown(qtbot, page)
    qtbot.waitUntil(lambda: bool(counted))


def test_a_tile_leads_to_the_plots_of_its_indicator(
    qtbot: QtBot, program: Program, few: Path, tmp_path: Path, desk: Callable[..., Desk]
) -> None:
    at = desk(few)
    at.session.operations.run(
        lambda ledger: ledger.save(finding(date.today(), is_done=True)), owner=at.session.jobs
    )
    settled(qtbot, at.session)
    at.session.jobs.close()
    program.open(at.session.path)
    window: MainWindow = program.main
    window.go("today")
    settled(qtbot, window.session)
    today = window.page("today")
    assert isinstance(today, TodayPage)
    qtbot.waitUntil(today.year.isVisible)
    qtbot.mouseClick(today.year.tiles["replied_rate"], Qt.MouseButton.LeftButton)
    page = window.stack.currentWidget()
    assert isinstance(page, IndicatorsPage)
    settled(qtbot, window.session)
    assert page.stack.currentWidget() is page.figures
    assert page.figures.choice.currentData() == "replied_rate"
    qtbot.waitUntil(lambda: set(page.figures.plots) == {"month", "quarter"})
