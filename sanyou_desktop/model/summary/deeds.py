"""活动 in words, and in which section each belongs."""

from __future__ import annotations

from collections.abc import Sequence

from sanyou_desktop.model.activity import ACTIVITY_CATEGORIES, Activity
from sanyou_desktop.model.activity_totals import totals
from sanyou_desktop.model.summary.parts import Entry, Part
from sanyou_desktop.model.summary.voice import (
    Voice,
    figure_words,
    listed,
    one_line,
    opened_by,
    paragraphs,
    quantity_words,
    sentence,
    sentences,
    sum_words,
    titles_of,
)
from sanyou_desktop.wording import _

LEADERSHIP, SERVICE, CONDUCT, RESULTS = "leadership", "service", "conduct", "results"
_SECTIONS = {
    "leadership": LEADERSHIP,
    "service": SERVICE,
    "themed": CONDUCT,
    "reform": CONDUCT,
    "investment": RESULTS,
    "good_deed": RESULTS,
    "award": RESULTS,
}


def section_of(activity: Activity) -> str:
    """Return the section an activity belongs in: by its category, else by its themes."""
    known = _SECTIONS.get(activity.category)
    return known or section_of_themes(activity.themes)


def section_of_themes(themes: Sequence[str]) -> str:
    """Return the section of what is known by its themes alone."""
    if "service" in themes or themes == ("satisfaction",):
        return SERVICE
    if "conduct" in themes:
        return CONDUCT
    return RESULTS if "environment" in themes else SERVICE


def parts_of(activities: Sequence[Activity], voice: Voice, section: str) -> list[Part]:
    """Return the parts of a section that tell its activities, by category."""
    titles = titles_of(ACTIVITY_CATEGORIES)
    by_category: dict[str, list[Activity]] = {value: [] for value in (*titles, "")}
    for activity in activities:
        if section_of(activity) == section:
            by_category.setdefault(activity.category, []).append(activity)
    return [
        Part(titles.get(category) or titles["other"], tuple(entry_of(one, voice) for one in found))
        for category, found in by_category.items()
        if found
    ]


def entry_of(activity: Activity, voice: Voice) -> Entry:
    """Return what is told of one activity; a narrative of several lines keeps them."""
    title = one_line(activity.title)
    opening = voice.heading(activity, title, activity.started_on)
    first, *others = paragraphs(activity.narrative) or [""]
    facts = sentences(_people(activity), _figures(activity), _money(activity))
    ending = facts + "".join(sentence(line) for line in paragraphs(activity.outcome))
    begin = opened_by(voice, activity, title, first, activity.started_on)
    if not others:
        texts: tuple[str, ...] = (begin + ending,)
        return Entry(opening, texts, activity.started_on)
    last = [ending] if ending else []
    texts = (begin, *map(sentence, others), *last)
    return Entry(opening, texts, activity.started_on)


def money_words(activities: Sequence[Activity]) -> str:
    """Return the sum of what was spent with what it hides, "" where nothing was entered."""
    money = totals(activities).money
    if money is None:
        return ""
    if money.total.without_value == money.entries:
        return _("登记投入{count}项，均无数字。").format(count=money.entries)
    total = sum_words(str(money.total))
    return _("登记投入{entries}项，合计{total}。").format(entries=money.entries, total=total)


def sums_words(activities: Sequence[Activity]) -> str:
    """Return the totals of quantities that several activities have, "" for none."""
    told = [
        _("{label}合计{total}").format(label=one_line(found.label), total=sum_words(found.words()))
        for found in totals(activities).quantities
        if found.entries > 1 and found.total.without_value < found.entries
    ]
    return sentence(listed(told)) if told else ""


def _people(activity: Activity) -> str:
    people = one_line(activity.participants)
    return _("参加人员：{people}").format(people=people) if people else ""


def _figures(activity: Activity) -> str:
    """Return the quantities; names without a number are a list of so many."""
    named = [one_line(row.label) for row in activity.quantities if row.quantity is None]
    named = [name for name in named if name]
    said = [figure_words(row) for row in activity.quantities if row.quantity is not None]
    lists = _("包括{names}{count}项").format(names=listed(named), count=len(named))
    return sentences(lists if len(named) > 1 else "".join(named), listed(said))


def _money(activity: Activity) -> str:
    if activity.amount is None:
        return ""
    return _("投入金额{amount}").format(amount=quantity_words(activity.amount))
