"""Which page belongs to a key, and where it leads; it is imported when it is built, no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanyou_desktop.desktop.lists.record_page import RecordPage
from sanyou_desktop.desktop.pages.page import Page
from sanyou_desktop.model.kinds import KINDS

if TYPE_CHECKING:
    from sanyou_desktop.desktop.main_window import MainWindow
    from sanyou_desktop.desktop.pages.indicators import IndicatorsPage
    from sanyou_desktop.desktop.pages.rollup import RollupPage
    from sanyou_desktop.desktop.pages.today import TodayPage

# What takes a frame and more to import, to be brought in on another thread before it is wanted.
PAGE_MODULES = (
    "sanyou_desktop.desktop.pages.indicators",
    "sanyou_desktop.desktop.indicators.figures",
    "sanyou_desktop.desktop.indicators.coverage_panel",
    "sanyou_desktop.desktop.indicators.ranking_panel",
    "sanyou_desktop.desktop.pages.rollup",
    "sanyou_desktop.desktop.pages.upward",
    "sanyou_desktop.desktop.pages.recycle_bin",
    "sanyou_desktop.desktop.pages.settings",
)


def build_page(window: MainWindow, key: str) -> RecordPage | Page:
    """Return the page with that key of the navigation, or of that kind of record.

    Raises:
        KeyError: there is no such page.
    """
    if key not in KINDS:
        return _BUILDERS[key](window)
    page = RecordPage(key, window.session)
    page.reference_opened.connect(window.open_by_id)
    page.draft_wanted.connect(window.begin)
    return page


def _today(window: MainWindow) -> Page:
    from sanyou_desktop.desktop.pages.today import TodayPage

    page = TodayPage(window.session)
    _lead(page, window)
    page.looked.connect(window.looked)
    page.course_wanted.connect(lambda key: _show_course(window, key))
    return page


def _show_course(window: MainWindow, key: str) -> None:
    from sanyou_desktop.desktop.pages.indicators import IndicatorsPage

    def turn() -> None:
        page = window.page("indicators")
        assert isinstance(page, IndicatorsPage)
        page.show_course(key)

    window.go("indicators", turn)


def _indicators(window: MainWindow) -> Page:
    from sanyou_desktop.desktop.pages.indicators import IndicatorsPage

    page = IndicatorsPage(window.session)
    _lead(page, window)
    return page


def _rollup(window: MainWindow) -> Page:
    from sanyou_desktop.desktop.pages.rollup import RollupPage

    page = RollupPage(window.session)
    _lead(page, window)
    page.draft_wanted.connect(window.begin)
    return page


def _lead(page: TodayPage | IndicatorsPage | RollupPage, window: MainWindow) -> None:
    """Let a page that counts lead to what it counts."""
    page.open_requested.connect(window.open_record)
    page.list_requested.connect(window.open_list)


def _upward(window: MainWindow) -> Page:
    from sanyou_desktop.desktop.pages.upward import UpwardPage

    return UpwardPage(window.session, window.sharing)


def _recycle_bin(window: MainWindow) -> Page:
    from sanyou_desktop.desktop.pages.recycle_bin import RecycleBinPage

    return RecycleBinPage(window.session)


def _settings(window: MainWindow) -> Page:
    from sanyou_desktop.desktop.pages.settings import SettingsPage

    page = SettingsPage(window.session)
    page.look_changed.connect(window.look_changed)
    page.own_unit_wanted.connect(window.open_own_unit)
    page.restore_wanted.connect(window.restore_wanted)
    return page


_BUILDERS = {
    "today": _today,
    "indicators": _indicators,
    "rollup": _rollup,
    "upward": _upward,
    "recycle": _recycle_bin,
    "settings": _settings,
}
