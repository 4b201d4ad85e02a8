"""Which page belongs to a key, and where it leads; its modules are imported when it is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanyou_desktop.desktop.lists.record_page import RecordPage
from sanyou_desktop.desktop.pages.page import Page
from sanyou_desktop.model.kinds import KINDS

if TYPE_CHECKING:
    from sanyou_desktop.desktop.main_window import MainWindow


def build_page(window: MainWindow, key: str) -> RecordPage | Page:
    """Return a new page of ``window``."""
    if key in KINDS:
        page = RecordPage(key, window.session)
        page.reference_opened.connect(window.open_by_id)
        page.draft_wanted.connect(window.begin)
        return page
    if key in ("indicators", "rollup"):
        return _counting(window, key)
    from sanyou_desktop.desktop.pages.recycle_bin import RecycleBinPage
    from sanyou_desktop.desktop.pages.settings import SettingsPage
    from sanyou_desktop.desktop.pages.today import TodayPage
    from sanyou_desktop.desktop.pages.upward import UpwardPage

    if key == "today":
        today = TodayPage(window.session)
        today.open_requested.connect(window.open_record)
        today.list_requested.connect(window.open_list)
        today.looked.connect(window.looked)
        return today
    if key == "settings":
        settings = SettingsPage(window.session)
        settings.look_changed.connect(window.look_changed)
        settings.own_unit_wanted.connect(window.open_own_unit)
        settings.restore_wanted.connect(window.restore_wanted)
        return settings
    if key == "upward":
        return UpwardPage(window.session, window.sharing)
    return {"recycle": RecycleBinPage}[key](window.session)


def _counting(window: MainWindow, key: str) -> Page:
    """Return a page that counts and leads to what is counted."""
    from sanyou_desktop.desktop.pages.indicators import IndicatorsPage
    from sanyou_desktop.desktop.pages.rollup import RollupPage

    page = IndicatorsPage(window.session) if key == "indicators" else RollupPage(window.session)
    page.open_requested.connect(window.open_record)
    page.list_requested.connect(window.open_list)
    if isinstance(page, RollupPage):
        page.draft_wanted.connect(window.begin)
    return page
