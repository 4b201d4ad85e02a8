"""What is done to the selected findings together: 指派, 整改时限, 开始整改.

All of them or, if one cannot take it, none; the refusal names which and why.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sanyou_desktop.desktop.deeds.deed import Place
from sanyou_desktop.desktop.dialogs.asked import Asked, Values
from sanyou_desktop.desktop.dialogs.deed_dialog import show
from sanyou_desktop.desktop.dialogs.fields_dialog import FieldsDialog
from sanyou_desktop.desktop.findings.due_dates import DueDateEditor, told_of_unknown
from sanyou_desktop.desktop.lists.bulk import change_each
from sanyou_desktop.ledger.holidays import working_days_of
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model import rectification
from sanyou_desktop.model.changes import Changes
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.fields import Choice, Count, Field, Option, fields_of
from sanyou_desktop.model.finding import Finding
from sanyou_desktop.model.problems import Invalid, Problem
from sanyou_desktop.model.record import Record, problem
from sanyou_desktop.model.working_days import WorkingDays
from sanyou_desktop.wording import N_, _

_FINDING = fields_of(Finding)
_LONGEST = 1000
# Nearly all limits lie within these days.
_USUALLY_WITHIN = timedelta(days=45)
_KEPT = N_("留空则各条保持不变")
_TODAY, _RAISED = "today", "raised"
_COUNT = Count(N_("或：几个工作日后"), description=N_("周末和节假日不算；日期和天数只填一个"))
_FROM = Choice(N_("从哪天起算"), enum=(Option(_TODAY, N_("今天")), Option(_RAISED, N_("提出日期"))))

Change = Callable[[Finding], Finding]
Prepare = Callable[[Ledger, Values], Change]


def assign(place: Place) -> None:
    """指派: department and person at once; what is left empty stays as it is in each finding."""
    lines = (
        (
            Asked("department", _kept("department")),
            Asked("person", _kept("person")),
        ),
    )

    def prepare(_ledger: Ledger, given: Values) -> Change:
        new = {key: value for key, value in given.items() if value}
        if not new:
            raise Invalid((_told("department", _("请填写责任部门或责任人")),))
        return lambda finding: replace(finding, **new)

    _ask_about_selected(place, N_("指派"), lines, prepare)


def set_due(place: Place) -> None:
    """整改时限: the same day for all, or so many working days after a day of each."""
    lines = (
        (Asked("day", _FINDING["due_on"], at=(("due_on", ""),), make=DueDateEditor),),
        (Asked("count", _COUNT), Asked("base", _FROM, _TODAY)),
    )

    def prepare(ledger: Ledger, given: Values) -> Change:
        day, count = given["day"], given["count"]
        if day is None and count is None:
            raise Invalid((_told("due_on", _("请填写日期，或填写几个工作日后")),))
        if day is not None and count is not None:
            raise Invalid((_told("count", _("日期和天数只能填一个，请清空其中一个")),))
        if day is not None:
            return lambda finding: _with_limit(finding, day)
        if count > _LONGEST:
            message = _("最多 {limit} 个工作日，更长的时限请直接填日期").format(limit=_LONGEST)
            raise Invalid((_told("count", message),))
        calendar = working_days_of(ledger)
        return lambda finding: _due_after(finding, calendar, count, given["base"])

    def told(ledger: Ledger) -> str:
        today = date.today()
        return told_of_unknown(working_days_of(ledger), today, today + _USUALLY_WITHIN)

    _ask_about_selected(place, N_("设定整改时限"), lines, prepare, told)


def begin(place: Place) -> None:
    """开始整改: one measure and limit for all; who does it stays where it is set already."""
    lines = (
        (
            Asked("person", _kept("person")),
            Asked("due_on", _kept("due_on"), make=DueDateEditor),
        ),
        (Asked("measure", _kept("measure")),),
    )

    def prepare(_ledger: Ledger, given: Values) -> Change:
        def change(finding: Finding) -> Finding:
            if finding.status not in ("open", "continuing"):
                message = _("只有待整改和持续整改的问题可以开始整改")
                raise Invalid((problem(finding, "status", message),))
            person = given["person"] or finding.person
            if not person:
                raise Invalid((problem(finding, "person", _("还没有责任人，请填写")),))
            return rectification.begin(
                finding,
                measure=given["measure"] or finding.measure,
                person=person,
                due_on=given["due_on"] or finding.due_on,
            )

        return change

    _ask_about_selected(place, N_("开始整改"), lines, prepare)


def _due_after(finding: Finding, calendar: WorkingDays, count: int, base: str) -> Finding:
    start: date | None = date.today()
    if base == _RAISED:
        raised = finding.raised_on
        start = raised.first() if raised and raised.precision == "day" else None
    if start is None:
        message = _("提出日期没有写明是哪一天，不能起算")
        raise Invalid((problem(finding, "raised_on", message),))
    return _with_limit(finding, PartialDate.of(calendar.after(start, count)))


def _with_limit(finding: Finding, day: PartialDate) -> Finding:
    if finding.status == "closed":
        # Whether it was on time is told by the limit that held.
        message = _("已销号，时限不再改动；请从所选中去掉，确有录错的在表单里更正")
        raise Invalid((problem(finding, "due_on", message),))
    return replace(finding, due_on=day)


def _ask_about_selected(
    place: Place,
    title: str,
    lines: Sequence[tuple[Asked, ...]],
    prepare: Prepare,
    told: Callable[[Ledger], str] = lambda _ledger: "",
) -> None:
    """Open a dialog about the selected findings, once what is typed in the form is settled.

    What is ``told`` stands in its head.
    """

    def ask(ids: list[str]) -> None:
        if not ids:
            place.session.ask.tell(place.widget, _("请先在列表中选择问题，可以选多条。"))
            return

        def open_dialog() -> None:
            place.session.jobs.read(
                told,
                lambda words: _open(place, title, lines, prepare, ids, words),
                owner=place.widget,
            )

        place.settle(open_dialog)

    place.selected(ask)


def _open(
    place: Place,
    title: str,
    lines: Sequence[tuple[Asked, ...]],
    prepare: Prepare,
    ids: list[str],
    told: str,
) -> FieldsDialog:
    def work(ledger: Ledger, given: Values) -> Changes:
        change = prepare(ledger, given)

        def changed(record: Record) -> Finding:
            assert isinstance(record, Finding)
            return change(record)

        def undo(count: int) -> str:
            return _("{step}（{count} 个问题）").format(step=_(title), count=count)

        return change_each(ledger, ids, changed, undo)

    about = "\n".join(filter(None, (_("所选 {count} 个问题").format(count=len(ids)), told)))
    return show(
        FieldsDialog(
            place.widget, place.session, _(title), lines, work, kind="finding", about=about
        )
    )


def _kept(key: str) -> Field[Any]:
    """Return a field that says what becomes of those it is left empty for."""
    return replace(_FINDING[key], description=_KEPT)


def _told(key: str, message: str) -> Problem:
    return Problem(key, "", message)
