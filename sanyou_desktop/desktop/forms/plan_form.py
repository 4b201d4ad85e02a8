"""The form of an inspection plan: what is inspected how often, and the days that makes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice

from sanyou_desktop.desktop.forms.design import Design, Related, Section
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.plan import Plan
from sanyou_desktop.model.planning import occurrences
from sanyou_desktop.model.problems import Invalid
from sanyou_desktop.wording import N_, _

_MOST_SHOWN = 12


def _days(draft: Draft) -> str:
    try:
        record = draft.accepted()
    except Invalid:
        return ""
    assert isinstance(record, Plan)
    days = list(islice(occurrences(record), _MOST_SHOWN + 1))
    if not days:
        return ""
    shown = _("、").join(_named(days[:_MOST_SHOWN]))
    more = _("等") if len(days) > _MOST_SHOWN else ""
    if record.on_rest_days:
        return _("检查日期：{days}{more}").format(days=shown, more=more)
    # Which of them are days of rest is for the holiday table to say, when they are made.
    return _("检查日期：{days}{more}；遇休息日，生成检查时顺延").format(days=shown, more=more)


def _named(days: list[date]) -> Iterator[str]:
    """Yield the days in words, with the year where the plan goes on into another."""
    years = {day.year for day in days}
    former = days[0].year if len(years) == 1 else 0
    for day in days:
        whole = _("{d.year}年{d.month}月{d.day}日")
        words = _("{d.month}月{d.day}日") if day.year == former else whole
        yield words.format(d=day)
        former = day.year


DESIGN = Design(
    Plan.kind,
    (
        Section(
            N_("基本信息"),
            (
                ("title",),
                ("scheme", "checklist"),
                ("status", "number"),
                ("department", "person"),
                ("themes",),
            ),
        ),
        Section(N_("日期"), (("frequency", "on_rest_days"), ("starts_on", "ends_on")), _days),
        Section(N_("对象与人员"), (("inspected_units",), ("inspectors",), ("place",))),
        Section(N_("附件"), (("attachments",),), bare=True),
        Section(N_("其他"), (("tags", "confidential"), ("notes",))),
    ),
    related=(Related("inspection", "plan", N_("已有检查 {count} 份")),),
)
