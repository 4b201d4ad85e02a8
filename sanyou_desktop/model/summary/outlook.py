"""存在的问题 and 下一步安排: what is open, overdue, intended; only what the records say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sanyou_desktop.model.activity import Activity
from sanyou_desktop.model.finding import Finding
from sanyou_desktop.model.indicators import Reading
from sanyou_desktop.model.inspection import Inspection
from sanyou_desktop.model.summary.checks import entry_of as inspection_entry
from sanyou_desktop.model.summary.checks import status_words
from sanyou_desktop.model.summary.chosen import Sorted
from sanyou_desktop.model.summary.deeds import entry_of as activity_entry
from sanyou_desktop.model.summary.parts import (
    MOST_FINDINGS,
    Entry,
    Part,
    Section,
    findings_title,
)
from sanyou_desktop.model.summary.voice import Voice, one_line, paragraphs, sentences
from sanyou_desktop.wording import _


def section(found: Sorted, voice: Voice, readings: Mapping[str, Reading], today: date) -> Section:
    """Return 存在的问题和下一步安排; each of both only where there is something to say."""
    made = Section(_("存在的问题和下一步安排"))
    still_open = [one for one in found.findings if one.status != "closed"]
    problems = _problems(still_open, readings, today)
    entries = tuple(_finding(one, voice, today) for one in still_open)
    # All findings together stand in a list of their own, unless there are too many of them.
    listed_in = findings_title() if 0 < len(found.findings) <= MOST_FINDINGS else ""
    made.parts.append(Part(_("存在的问题"), entries, problems, listed_in))
    made.parts.append(_next(found.planned, found.intended, voice))
    told = [part.title for part in made.parts if not part.is_empty]
    if len(told) == 1:
        # A heading promises nothing that is not told under it.
        made.name = told[0]
    return made


def _problems(still_open: Sequence[Finding], readings: Mapping[str, Reading], today: date) -> str:
    told = []
    if still_open:
        late = sum(bool(one.overdue_days(today)) for one in still_open)
        told.append(_("尚未销号的问题{count}件").format(count=len(still_open)))
        if late:
            told[-1] += _("，其中逾期{count}件").format(count=late)
    past = readings.get("rules_past_review")
    if past is not None and past.value:
        told.append(_("超过复审日期尚未复审的制度{count}件").format(count=past.value))
    return sentences(*told)


def _finding(finding: Finding, voice: Voice, today: date) -> Entry:
    opening = voice.heading(finding, one_line(finding.title), finding.raised_on, _("提出"))
    late = finding.overdue_days(today)
    told = [
        _("地点：{place}").format(place=one_line(finding.place)) if finding.place else "",
        _("整改时限：{date}").format(date=finding.due_on.in_words()) if finding.due_on else "",
        _("目前{status}").format(status=status_words(finding)),
        _("已逾期{days}天").format(days=late) if late else "",
    ]
    reasons = [
        *paragraphs(finding.description),
        _("，").join(words for words in told if words),
        *paragraphs(finding.continuing_reason),
    ]
    return Entry(opening, (sentences(opening, *reasons),), finding.raised_on)


def _next(planned: Sequence[Inspection], intended: Sequence[Activity], voice: Voice) -> Part:
    entries = [inspection_entry(one, voice) for one in planned]
    entries += [activity_entry(one, voice) for one in intended]
    counts = (
        (_("已列入计划的检查{count}项"), len(planned)),
        (_("计划开展的活动{count}项"), len(intended)),
    )
    told = _("、").join(text.format(count=count) for text, count in counts if count)
    return Part(_("下一步安排"), tuple(entries), sentences(told))
