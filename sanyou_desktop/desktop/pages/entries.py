"""The pages of the window in their order: key, icon, words. An empty key is a divider."""

from __future__ import annotations

from types import MappingProxyType

from sanyou_desktop.desktop.widgets.navigation_list import Entry
from sanyou_desktop.wording import N_

ENTRIES: tuple[Entry, ...] = (
    Entry("today", "calendar-check", N_("今日")),
    Entry("pledge", "handshake", N_("承诺")),
    Entry("rule", "scroll-text", N_("制度")),
    Entry("inspection", "clipboard-check", N_("检查")),
    Entry("finding", "triangle-alert", N_("问题整改")),
    Entry("survey", "smile", N_("满意度")),
    Entry("activity", "flag", N_("活动")),
    Entry("indicators", "chart-column", N_("指标")),
    Entry(),
    Entry("upward", "send", N_("上报")),
    Entry("rollup", "inbox", N_("汇总")),
    Entry("scheme", "list-checks", N_("清单")),
    Entry("plan", "calendar-clock", N_("检查计划")),
    Entry("unit", "building-2", N_("单位")),
    Entry("round", "layers", N_("活动轮次")),
    Entry(),
    Entry("recycle", "archive-restore", N_("回收站")),
    Entry("settings", "settings", N_("设置")),
)

# Pages that have no entry of their own, by that of the page that leads to them.
_WITHIN = MappingProxyType({"request": "rollup", "submission": "rollup"})


def entry_of(key: str) -> str:
    """Return the key of the entry that is marked while the page ``key`` is in view."""
    return _WITHIN.get(key, key)
