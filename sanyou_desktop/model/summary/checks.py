"""检查 and 问题整改 in words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal

from sanyou_desktop.model.finding import FINDING_STATUSES, SEVERITIES, SOURCES, Finding
from sanyou_desktop.model.indicators import Reading
from sanyou_desktop.model.indicators.report import as_number
from sanyou_desktop.model.inspection import Inspection, Item
from sanyou_desktop.model.quantity import plain
from sanyou_desktop.model.summary.parts import Entry, Part, Section
from sanyou_desktop.model.summary.voice import (
    Voice,
    counted,
    listed,
    one_line,
    paragraphs,
    sentence,
    sentences,
    titles_of,
)
from sanyou_desktop.wording import _

# How the note of a rate gives its two numbers: 12/13件.
_SHARE = re.compile(r"(?P<part>[0-9,]+)/(?P<all>[0-9,]+)(?P<unit>\D{0,4})")
# Of two the items are told with each.
_SEVERAL = 3
_RATES = ("rectification_rate", "on_time_rate", "replied_rate")


def section(
    held: Sequence[Inspection],
    findings: Sequence[Finding],
    voice: Voice,
    readings: Mapping[str, Reading],
) -> Section:
    """Return 检查和整改."""
    made = Section(_("检查和整改"))
    if held:
        same = _same_items(held)
        more = compared(readings.get("inspections_held"), _("次"))
        opening = sentences(
            _schemes(held),
            more and _("检查次数{more}").format(more=more),
            *_said(readings, ("pass_rate", "score_rate")),
            same,
        )
        entries = tuple(entry_of(one, voice, without_items=bool(same)) for one in held)
        made.parts.append(Part(_("检查开展情况"), entries, opening))
    if findings:
        more = compared(readings.get("findings_raised"), _("件"))
        opening = sentences(
            _counts(findings),
            more and _("发现问题件数{more}").format(more=more),
            *_said(readings, _RATES),
            _repeats(readings),
            _closed(readings),
        )
        made.parts.append(Part(_("问题整改情况"), (), opening))
    return made


def entry_of(inspection: Inspection, voice: Voice, *, without_items: bool = False) -> Entry:
    """Return what is told of one inspection; what was looked at may be told of all together."""
    opening = voice.heading(inspection, one_line(inspection.title), inspection.inspected_on)
    scheme = one_line(inspection.scheme)
    named = scheme and scheme not in inspection.title
    told = (
        _("检查方案：{scheme}").format(scheme=scheme) if named else "",
        _("受检部门：{unit}").format(unit=one_line(inspection.inspected_unit))
        if inspection.inspected_unit
        else "",
        "" if without_items else _items(inspection.items),
        _outcome(inspection),
    )
    first, *others = paragraphs(inspection.conclusion) or [""]
    texts = (sentences(opening, *told, first), *map(sentence, others))
    return Entry(opening, texts, inspection.inspected_on)


def status_words(finding: Finding) -> str:
    """Return the status of a finding as its title."""
    return titles_of(FINDING_STATUSES).get(finding.status, "")


def rate_words(reading: Reading | None) -> str:
    """Return 整改率92.3%（13件中12件）, "" where the rate is undefined."""
    if reading is None or reading.value is None:
        return ""
    assert isinstance(reading.value, Decimal | int)
    said = f"{_(reading.indicator.title)}{plain(Decimal(reading.value))}%"
    note = reading.note.replace(" ", "")
    if share := _SHARE.fullmatch(note):
        note = _("{all}{unit}中{part}{unit}").format(**share.groupdict())
    return said + (f"（{note}）" if note else "")


def compared(reading: Reading | None, unit: str = "") -> str:
    """Return 比上年同期增加7件 or 提高2.5个百分点, "" where there is nothing to compare with."""
    change = reading.year_before if reading is not None else None
    if reading is None or change is None or not as_number(change.earlier):
        return ""
    if not change.difference:
        return _("与上年同期持平")
    amount = plain(abs(change.difference))
    rises = change.difference > 0
    if reading.indicator.shape in ("percent", "points"):
        up, down = _("比上年同期提高{amount}个百分点"), _("比上年同期下降{amount}个百分点")
        return (up if rises else down).format(amount=amount)
    up, down = (
        _("比上年同期增加{amount}{unit}，增长{rate}%"),
        _("比上年同期减少{amount}{unit}，下降{rate}%"),
    )
    rate = plain(abs(change.rate)) if change.rate is not None else "0"
    return (up if rises else down).format(amount=amount, rate=rate, unit=unit)


def _said(readings: Mapping[str, Reading], keys: Sequence[str]) -> list[str]:
    told = [words for key in keys if (words := rate_words(readings.get(key)))]
    return [_("，").join(told)] if told else []


def _schemes(held: Sequence[Inspection]) -> str:
    schemes = Counter(one_line(one.scheme) or _("其他") for one in held)
    said = _("开展检查{count}次").format(count=len(held))
    if len(schemes) > 1 and len(schemes) <= 12:
        said += _("，其中{schemes}").format(schemes=counted(schemes.most_common(), _("次")))
    return said


def _same_items(held: Sequence[Inspection]) -> str:
    """Return what every one of several inspections looked at, "" where they differ."""
    told = [tuple(_item(item) for item in one.items if item.item.strip()) for one in held]
    if len(told) < _SEVERAL or len(set(told)) > 1 or not told[0]:
        return ""
    return _("各次检查的项目均为{items}{count}项").format(items=listed(told[0]), count=len(told[0]))


def _items(items: Sequence[Item]) -> str:
    told = [_item(item) for item in items if item.item.strip()]
    if not told:
        return ""
    return _("检查项目{count}项：{items}").format(count=len(told), items=listed(told))


def _item(item: Item) -> str:
    text, follow = one_line(item.item), one_line(item.follow_through)
    return _("{item}（{follow}）").format(item=text, follow=follow) if follow else text


def _outcome(inspection: Inspection) -> str:
    found = inspection.outcome()
    told = []
    if found.base:
        told.append(
            _("得分{points}分（应得{base}分）").format(
                points=plain(found.points), base=plain(found.base)
            )
        )
    if found.judged:
        told.append(_("不合格{count}项").format(count=found.failed))
    if found.vetoed:
        told.append(_("一票否决"))
    return _("，").join(told)


def _counts(findings: Sequence[Finding]) -> str:
    sources, severities, statuses = (
        titles_of(options) for options in (SOURCES, SEVERITIES, FINDING_STATUSES)
    )
    said = [
        _("发现问题{count}件").format(count=len(findings)),
        _spread(_("按来源分"), sources, Counter(one.source for one in findings)),
        _spread(_("按程度分"), severities, Counter(one.severity for one in findings)),
        _spread(_("目前状态"), statuses, Counter(one.status for one in findings)),
    ]
    return sentences(*said)


def _spread(name: str, titles: Mapping[str, str], counts: Counter[str]) -> str:
    """Return 按来源分：检查3件、投诉1件、未填2件; "" where nothing was filled in."""
    if not any(counts[value] for value in titles):
        return ""
    every = [(title, counts[value]) for value, title in titles.items()]
    every.append((_("未填"), sum(count for value, count in counts.items() if value not in titles)))
    return _("{name}：{counts}").format(name=name, counts=counted(every, _("件")))


def _closed(readings: Mapping[str, Reading]) -> str:
    found = readings.get("findings_closed")
    if found is None or not found.value:
        return ""
    return _("期内销号问题{count}件（不论何时提出）").format(count=found.value)


def _repeats(readings: Mapping[str, Reading]) -> str:
    found = readings.get("repeat_findings")
    if found is None or not found.value:
        return ""
    return _("其中重复发生的问题{count}件").format(count=found.value)
