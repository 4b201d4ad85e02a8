"""The document, put together from records and indicators."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sanyou_desktop.model.campaign_round import CampaignRound
from sanyou_desktop.model.indicators import Reading, Tallies
from sanyou_desktop.model.kinds import REPORTED
from sanyou_desktop.model.periods import Period
from sanyou_desktop.model.record import THEMES
from sanyou_desktop.model.summary import annexes, checks, outlook, rules, surveys
from sanyou_desktop.model.summary.blocks import Annex, Block, Paragraph, Summary
from sanyou_desktop.model.summary.chosen import Chosen, Sorted
from sanyou_desktop.model.summary.deeds import (
    CONDUCT,
    LEADERSHIP,
    RESULTS,
    SERVICE,
    money_words,
    parts_of,
    sums_words,
)
from sanyou_desktop.model.summary.parts import Entry, Listing, Part, Section, blocks_of
from sanyou_desktop.model.summary.pledges import part_of
from sanyou_desktop.model.summary.punctuation import annex_by_rules, block_by_rules
from sanyou_desktop.model.summary.remark import Remark
from sanyou_desktop.model.summary.title import title_lines
from sanyou_desktop.model.summary.voice import (
    Voice,
    counted,
    day_words,
    kind_words,
    listed,
    month_and_day_words,
    one_line,
    period_words,
    sentence,
    sentences,
    titles_of,
)
from sanyou_desktop.model.unit import Unit
from sanyou_desktop.wording import N_, _


@dataclass(frozen=True)
class Told:
    """What a summary is composed from.

    Attributes:
        own: the unit whose ledger it is; ``units``: all units known.
        readings: the indicators of the period, confidential records left out.
        by_part: the months or quarters of the period with their tallies, for the trend.
        rounds: the campaign rounds known.
    """

    own: Unit
    units: Sequence[Unit]
    period: Period
    today: date
    chosen: Chosen
    readings: Sequence[Reading]
    by_part: Sequence[tuple[Period, Tallies]] = ()
    rounds: Sequence[CampaignRound] = ()
    superior: str = ""
    names: Mapping[str, str] = field(default_factory=dict)


def compose(told: Told) -> Summary:
    """Compose the document; the same records on the same day always give the same one."""
    speaking = told.chosen.units()
    voice = Voice(told.names, several=bool(speaking - {told.own.code}))
    found = Sorted.of(told.chosen)
    remarks = _left_out(told)
    listings: list[Listing] = []
    body: list[Block] = [Paragraph(_opening(told, voice))]
    body += blocks_of(_sections(told, found, voice), remarks, listings)
    attached = _annexes(told, found, voice, remarks, listings)
    if not told.superior:
        unnamed = N_(
            "上级单位只登记了代码，没有名称，文中没有主送机关。请在「单位」中登记上级单位，或自行填写。"
        )
        missing = N_("没有登记上级单位，文中没有主送机关，请自行填写。")
        remarks.append(Remark(unnamed if told.own.superior else missing))
    return Summary(
        _title(told),
        told.superior,
        tuple(map(block_by_rules, body)),
        tuple(map(annex_by_rules, attached)),
        told.own.name,
        told.today,
        told.chosen.sources(),
        tuple(remarks),
        _contact(told.own),
    )


def _contact(own: Unit) -> str:
    """Return whom to ask, for 附注 (GB/T 9704-2012, 7.3.7); "" where the unit names nobody."""
    person, phone = one_line(own.contact), one_line(own.phone)
    if not person and not phone:
        return ""
    who = _("联系人：{person}").format(person=person) if person else ""
    call = _("联系电话：{phone}").format(phone=phone) if phone else ""
    return _("（{told}）").format(told=_("，").join(filter(None, (who, call))))


def _title(told: Told) -> tuple[str, ...]:
    period = period_words(told.period, told.today)
    return title_lines(one_line(told.own.name), period, _("三优一满意活动工作总结"))


def _opening(told: Told, voice: Voice) -> str:
    """Return who speaks of what: units, records by kind, by theme, the rounds."""
    period = period_words(told.period, told.today)
    start = _("{period}{so_far}，").format(period=period, so_far=_so_far(told)) if period else ""
    count = told.chosen.count()
    if not count:
        return start + _("台账中没有可写入总结的记录。")
    kinds = [(kind_words(kind), len(told.chosen.found.get(kind, []))) for kind in REPORTED]
    said = counted(kinds, _("件"))
    if voice.several:
        who = _("{units}个单位登记开展三优一满意活动的记录{count}件，其中{kinds}")
        first = who.format(units=len(told.chosen.units()), count=count, kinds=said)
    else:
        first = _("我单位登记开展三优一满意活动的记录{count}件，其中{kinds}").format(
            count=count, kinds=said
        )
    return sentences(start + first, _themes(told), _rounds(told))


def _so_far(told: Told) -> str:
    """Return up to which day a period is told that is not over yet."""
    first, last = told.period.first, told.period.last
    if first is None or last is None or not first <= told.today < last:
        return ""
    words = month_and_day_words if first.year == told.today.year else day_words
    return _("（截至{day}）").format(day=words(told.today))


def _themes(told: Told) -> str:
    counts = dict.fromkeys(titles_of(THEMES), 0)
    several = False
    for kind in REPORTED:
        for record in told.chosen.found.get(kind, []):
            several = several or len(record.themes) > 1
            for theme in record.themes:
                counts[theme] += 1
    said = counted([(title, counts[theme]) for theme, title in titles_of(THEMES).items()], _("件"))
    if not said:
        return ""
    remark = _("（一件涉及多项内容的分别计入）") if several else ""
    return _("按活动内容分，涉及{themes}{remark}").format(themes=said, remark=remark)


def _rounds(told: Told) -> str:
    """Return the rounds that may lie in the period, by name with their dates."""
    wanted = []
    for one in sorted(told.rounds, key=lambda found: (str(found.from_ or ""), found.name)):
        begun = one.from_.first() if one.from_ else None
        ended = one.to.last() if one.to else None
        after = begun and told.period.last and begun > told.period.last
        before = ended and told.period.first and ended < told.period.first
        # A round of unknown dates is named only where all time is told.
        if after or before or (begun is None and not told.period.is_everything):
            continue
        dates = [one.from_.in_words() + _("开始") if one.from_ else ""]
        dates.append(one.to.in_words() + _("结束") if one.to else "")
        known = _("，").join(filter(None, dates))
        wanted.append(one_line(one.name) + (f"（{known}）" if known else ""))
    # Every unit of a province may keep the same round.
    named = list(dict.fromkeys(wanted))
    return _("所属活动轮次：{rounds}").format(rounds=listed(named)) if named else ""


def _sections(told: Told, found: Sorted, voice: Voice) -> list[Section]:
    readings = {one.indicator.key: one for one in told.readings}
    if not _is_over(told):
        # A part of a year is not said to be more or less than a whole one; the annex shows both.
        readings = {key: replace(one, year_before=None) for key, one in readings.items()}
    stock = readings.get("rules_in_force")
    in_force = ""
    if stock is not None and stock.value and not told.period.is_everything:
        text = _("截至{day}，现行有效制度{count}件")
        in_force = text.format(day=_as_of(told), count=stock.value)
    service = Section(_("优质服务"))
    service.parts = [part_of(found.pledges, voice, SERVICE), *parts_of(found.done, voice, SERVICE)]
    kept = readings.get("fulfilment_rate")
    service.opening += [sentence(words)] if (words := checks.rate_words(kept)) else []
    conduct = Section(_("优良作风和工作创新"))
    conduct.parts = [part_of(found.pledges, voice, CONDUCT), *parts_of(found.done, voice, CONDUCT)]
    results = Section(_("优美环境和工作实绩"))
    results.opening = [text for text in (money_words(found.done), sums_words(found.done)) if text]
    results.parts = [part_of(found.pledges, voice, RESULTS), *parts_of(found.done, voice, RESULTS)]
    return [
        _leadership(told, found, voice),
        service,
        conduct,
        rules.section(found.rules, voice, in_force),
        results,
        checks.section(found.held, found.findings, voice, readings),
        surveys.section(found.surveys, voice, readings),
        outlook.section(found, voice, readings, told.today),
    ]


def _leadership(told: Told, found: Sorted, voice: Voice) -> Section:
    made = Section(_("组织领导"))
    speaking = told.chosen.units() | {told.own.code}
    units = sorted(told.units, key=lambda unit: unit.code)
    groups = [_group(unit, voice) for unit in units if unit.code in speaking]
    made.parts = [
        rules.notices(found.rules, voice),
        Part(_("领导小组"), tuple(group for group in groups if group is not None)),
        *(replace(part, title=_("会议和部署")) for part in parts_of(found.done, voice, LEADERSHIP)),
    ]
    return made


def _group(unit: Unit, voice: Voice) -> Entry | None:
    if not unit.leading_group or unit.confidential:
        return None
    people = []
    for member in unit.leading_group:
        details = _("，").join(filter(None, map(one_line, (member.post, member.role))))
        people.append(one_line(member.name) + (f"（{details}）" if details else ""))
    text = _("设立领导小组，成员{count}人：{people}").format(
        count=len(people), people=listed(people)
    )
    brief = _("{unit}{text}").format(unit=unit.name if voice.several else "", text=text)
    return Entry(brief, (sentence(brief),))


def _annexes(
    told: Told, found: Sorted, voice: Voice, remarks: list[Remark], listings: list[Listing]
) -> tuple[Annex, ...]:
    if not told.chosen.count():
        return ()
    made = (
        annexes.indicators(
            told.readings,
            _as_of(told),
            is_over=_is_over(told),
        ),
        annexes.units(told.chosen, voice),
        annexes.findings(found.findings, voice, remarks),
        annexes.names(listings),
        annexes.charts(found, told.chosen, told.by_part),
    )
    return tuple(annex for annex in made if annex is not None)


def _is_over(told: Told) -> bool:
    return told.period.last is not None and told.period.last < told.today


def _as_of(told: Told) -> str:
    return day_words(min(told.period.last or told.today, told.today))


def _left_out(told: Told) -> list[Remark]:
    """Return what the operator is told of records that are not in the document."""
    chosen = told.chosen
    remarks = []
    for counts, text in (
        (chosen.confidential, N_("有密级的记录没有写入：{kinds}。")),
        (chosen.unclear, N_("日期未填或不全、不能确定属于本期的记录没有写入：{kinds}。")),
        (chosen.drafts, N_("起草中的记录没有写入：{kinds}。")),
    ):
        kinds = tuple((kind, counts[kind]) for kind in REPORTED if counts[kind])
        if kinds:
            remarks.append(Remark(text, kinds))
    return remarks
