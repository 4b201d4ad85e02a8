"""What 今日 shows, read in one job, and the words for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import MappingProxyType

from sanyou_desktop.desktop.lists.conditions import Condition
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.query import Query
from sanyou_desktop.model import agenda, escalation
from sanyou_desktop.model.agenda import Matter, Section
from sanyou_desktop.model.fields import Option
from sanyou_desktop.model.finding import LEVELS
from sanyou_desktop.model.kinds import REPORTED, kind_of
from sanyou_desktop.wording import N_, _

# Of each section; the rest is a list with its filter, one key away.
SHOWN = 8
# What waits is told by its last round, which no filter knows: its rest is shown on the page.
WAITING = (agenda.RECHECK, agenda.REPLY, agenda.CLOSE)
SHOWN_IF_WANTED = 200
_RECENT = 8
RECENT = "recent"

# A section's words: on its tile, and above its lines.
TITLES = MappingProxyType(
    {
        agenda.OVERDUE: (N_("逾期"), N_("已经逾期")),
        agenda.WARNING: (N_("3 天内"), N_("3 天内到期")),
        agenda.REMINDER: (N_("7 天内"), N_("7 天内到期")),
        agenda.RECHECK: (N_("待复查"), N_("整改完成，等待复查")),
        agenda.REPLY: (N_("待回音"), N_("复查通过，等待答复提出人")),
        agenda.CLOSE: (N_("可销号"), N_("已经答复，可以销号")),
        agenda.PLANNED: (N_("计划检查"), N_("计划中的检查")),
        agenda.EXPIRING: (N_("承诺到期"), N_("将到期的承诺")),
        agenda.REVIEW: (N_("制度复审"), N_("应复审的制度")),
        RECENT: ("", N_("最近修改")),
    }
)
# These are shown also when there is nothing in them: that nothing is late is worth knowing.
ALWAYS = (agenda.OVERDUE, agenda.WARNING, agenda.REMINDER)
_TONES = {option.value: option.tone for option in LEVELS}


@dataclass(frozen=True)
class Board:
    """Everything the page shows.

    Attributes:
        names: names of other units by their codes.
        recent: what was changed last, with the time in words.
        counts: how many records of each kind there are.
        has_others: the ledger holds records of other units too.
        unit: the unit whose matters alone are shown, "" for everybody's.
    """

    day: date
    sections: tuple[Section, ...]
    names: dict[str, str]
    recent: tuple[tuple[Matter, str], ...]
    counts: tuple[tuple[str, int], ...]
    has_others: bool = False
    unit: str = ""

    def total(self, key: str) -> int:
        """Return how many matters a section has."""
        return next((section.total for section in self.sections if section.key == key), 0)


def look(ledger: Ledger, day: date, shown: int = SHOWN, *, own: bool = False) -> Board:
    """Return what must be seen to on ``day``, of each section the first ``shown``.

    With ``own`` only what is the ledger's own unit's, as far as there is anybody else.
    """
    has_others = any(map(ledger.has_others, REPORTED))
    unit = ledger.unit if own and has_others else ""
    sections = tuple(
        one if one.key in WAITING else replace(one, matters=one.matters[:SHOWN])
        for one in ledger.agenda(day, shown, unit)
    )
    codes = {matter.unit for section in sections for matter in section.matters} - {ledger.unit, ""}
    counts = tuple((kind, ledger.count(kind, Query(unit=unit))) for kind in REPORTED)
    recent = _last_changed(ledger, unit)
    return Board(day, sections, ledger.unit_names(codes), recent, counts, has_others, unit)


def _last_changed(ledger: Ledger, unit: str) -> tuple[tuple[Matter, str], ...]:
    query = Query(sort="updated_at", descending=True, unit=unit)
    found = []
    for kind in REPORTED:
        at = kind_of(kind).fields["updated_at"]
        for line in ledger.page(kind, query, ("number", "title", "updated_at"), 0, _RECENT):
            number, title, when = line.values
            found.append((when, Matter(kind, line.id, number, title), at.show(when)))
    # Ids are in the order of entry, also within the millisecond that times are kept to.
    found.sort(key=lambda one: (one[0], one[1].id), reverse=True)
    return tuple((matter, shown) for _when, matter, shown in found[:_RECENT])


def urgency(section: str, matter: Matter, day: date) -> Option:
    """Return the chip of a matter: its level, how many days, and the tone of both."""
    if section in WAITING:
        level = escalation.waited_level(matter.since, day)
        waited = -(escalation.days_left(matter.since, day) or 0)
        what = _("已等 {days} 天").format(days=waited) if waited > 0 else _("等待办理")
    else:
        level = escalation.level(matter.due_on, day)
        what = _time_left(escalation.days_left(matter.due_on, day) or 0)
    if level == escalation.OVERDUE or not level:
        return Option(level, what, _TONES.get(level, "muted"))
    title = next(option.title for option in LEVELS if option.value == level)
    text = _("{level}：{what}").format(level=_(title), what=what)
    return Option(level, text, _TONES[level])


def _time_left(left: int) -> str:
    """Return how far off a limit is, or how long past."""
    if left < 0:
        return _("逾期 {days} 天").format(days=-left)
    return _("还有 {days} 天").format(days=left) if left else _("今天到期")


def whose(matter: Matter, names: dict[str, str]) -> str:
    """Return whose matter it is: the kind where it is no finding, unit, department, person."""
    kind = "" if matter.kind == "finding" else _(kind_of(matter.kind).title)
    parts = (kind, names.get(matter.unit, ""), matter.department, matter.person)
    return " · ".join(filter(None, parts))


def is_shown_here(section: Section) -> bool:
    """Tell whether the page itself shows the rest of a section, if one wants to see it."""
    return section.key in WAITING and len(section.matters) < SHOWN_IF_WANTED


def rest_of(section: str, day: date, unit: str = "") -> tuple[str, tuple[Condition, ...]]:
    """Return the kind and the conditions of the list that holds all of a section.

    Of ``unit`` alone where one is given. What waits for a reply or its closure is told from what
    waits for a re-check only by its last round, which no filter knows: their lists hold the steps
    beside them too.
    """
    kind, conditions = _rest_of(section, day)
    return kind, (*conditions, Condition("unit", (unit,))) if unit else conditions


def _rest_of(section: str, day: date) -> tuple[str, tuple[Condition, ...]]:
    def until(key: str, days: int, first: int | None = None) -> Condition:
        begin = "" if first is None else str(day + timedelta(days=first))
        return Condition(key, first=begin, last=str(day + timedelta(days=days)))

    at_work = Condition("status", ("open", "rectifying", "continuing"))
    limits = {
        agenda.OVERDUE: (-1, None),
        agenda.WARNING: (escalation.WARNING_DAYS, 0),
        agenda.REMINDER: (escalation.REMINDER_DAYS, escalation.WARNING_DAYS + 1),
    }
    if section in limits:
        return "finding", (at_work, until("due_on", *limits[section]))
    if section == agenda.REPLY:
        return "finding", (
            Condition("status", ("rectified",)),
            Condition("replied_on", is_empty=True),
        )
    ends = {
        agenda.PLANNED: ("inspection", "planned", "planned_on", escalation.REMINDER_DAYS),
        agenda.EXPIRING: ("pledge", "published", "valid_until", agenda.ENDING_DAYS),
        agenda.REVIEW: ("rule", "in_force", "review_by", agenda.ENDING_DAYS),
    }
    if section in ends:
        kind, status, key, days = ends[section]
        return kind, (Condition("status", (status,)), until(key, days))
    return "finding", (Condition("status", ("rectified",)),)
