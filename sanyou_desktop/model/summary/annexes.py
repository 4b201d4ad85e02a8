"""The annexes: indicators beside earlier ones, units side by side, what is open, charts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sanyou_desktop.model.finding import Finding
from sanyou_desktop.model.indicators import Reading, Tallies
from sanyou_desktop.model.indicators.words import UNDEFINED, change_words, value_words
from sanyou_desktop.model.kinds import REPORTED
from sanyou_desktop.model.numerals import numeral
from sanyou_desktop.model.periods import Period
from sanyou_desktop.model.record import THEMES
from sanyou_desktop.model.summary.blocks import Annex, Block, Chart, Heading, Note, Table
from sanyou_desktop.model.summary.checks import status_words
from sanyou_desktop.model.summary.chosen import Chosen, Sorted
from sanyou_desktop.model.summary.parts import MOST_FINDINGS, Listing, findings_title, listing_title
from sanyou_desktop.model.summary.remark import Remark
from sanyou_desktop.model.summary.surveys import grade_titles
from sanyou_desktop.model.summary.voice import Voice, kind_words, one_line, titles_of
from sanyou_desktop.model.survey import GRADES
from sanyou_desktop.wording import N_, _


def indicators(readings: Sequence[Reading], as_of: str, *, is_over: bool) -> Annex | None:
    """Return the table of indicators that have anything to tell, each with its changes.

    The two columns of changes are there only where some indicator can be compared; where the
    period is not over, the table says that it is compared with whole ones.
    """
    told = [one for one in readings if one.value or one.note or one.before or one.year_before]
    if not told:
        return None
    before = any(one.before for one in told)
    year_before = any(one.year_before for one in told)
    columns = [_("指标"), _("数值"), _("说明")]
    # So that a title, and a change with its rate, stand in one line.
    weights = [29.0, 25.0 if before or year_before else 36.0, 38.0]
    for wanted, title in ((before, _("环比")), (year_before, _("同比"))):
        if wanted:
            columns.insert(-1, title)
            weights.insert(-1, 32.0)
    rows = [_indicator(one, before=before, year_before=year_before) for one in told]
    table = Table(
        tuple(columns), tuple(rows), tuple(weights), frozenset(range(1, len(columns) - 1))
    )
    words = _("注：按台账记录统计，存量指标截至{day}；“—”表示没有可供计算的记录。").format(
        day=as_of
    )
    if not is_over and (before or year_before):
        words += _("本期尚未结束，与上期、上年的整期比较。")
    return Annex(_("主要指标统计表"), (table, Note(words)))


def _indicator(reading: Reading, *, before: bool, year_before: bool) -> tuple[str, ...]:
    found = reading.indicator
    row = [_(found.title), value_words(found, reading.value).replace(" ", "")]
    if before:
        row.append(change_words(found, reading.before).replace(" ", ""))
    if year_before:
        row.append(change_words(found, reading.year_before).replace(" ", ""))
    return (*row, reading.note.replace(" ", ""))


def units(chosen: Chosen, voice: Voice) -> Annex | None:
    """Return how many records of each kind each unit has; None for one unit alone."""
    if not voice.several:
        return None
    counts: dict[str, Counter[str]] = {}
    for kind in REPORTED:
        for record in chosen.found.get(kind, []):
            counts.setdefault(record.unit, Counter())[kind] += 1
    rows = [
        (
            str(place + 1),
            voice.names.get(code, code),
            *(str(counts[code][kind]) for kind in REPORTED),
            str(counts[code].total()),
        )
        for place, code in enumerate(sorted(counts))
    ]
    totals = [sum(found[kind] for found in counts.values()) for kind in REPORTED]
    rows.append(("", _("合计"), *map(str, totals), str(sum(totals))))
    kinds = tuple(kind_words(kind) for kind in REPORTED)
    columns = (_("序号"), _("单位"), *kinds, _("合计"))
    weights = (1.2, 5.6, *([1.6] * (len(kinds) + 1)))
    centred = frozenset(range(len(columns))) - {1}
    return Annex(_("各单位记录情况表"), (Table(columns, tuple(rows), weights, centred),))


def findings(found: Sequence[Finding], voice: Voice, remarks: list[Remark]) -> Annex | None:
    """Return the list of findings with their rectification."""
    if not found:
        return None
    if len(found) > MOST_FINDINGS:
        text = N_("问题共 {count} 件，附件中没有列清单，可另用上报工作簿报送。")
        remarks.append(Remark(text, count=len(found)))
        return None
    columns = (_("序号"), _("问题"), _("提出日期"), _("整改时限"), _("销号日期"), _("状态"))
    rows = tuple(
        (
            str(place + 1),
            voice.heading(one, one_line(one.title)),
            *(day.in_words() if day else "" for day in (one.raised_on, one.due_on, one.closed_on)),
            status_words(one),
        )
        for place, one in enumerate(found)
    )
    centred = frozenset({0, 2, 3, 4, 5})
    return Annex(
        findings_title(), (Table(columns, rows, (10.0, 36.0, 31.5, 31.5, 31.5, 15.5), centred),)
    )


def names(listings: Sequence[Listing]) -> Annex | None:
    """Return the names of the records that the text only counts."""
    blocks: list[Block] = []
    for place, one in enumerate(listings):
        if len(listings) > 1:
            blocks.append(Heading(2, f"（{numeral(place + 1)}）{one.title}"))
        rows = tuple((str(at + 1), name) for at, name in enumerate(one.names))
        columns = (_("序号"), _("名称"))
        blocks.append(Table(columns, rows, (12.0, 144.0), frozenset({0})))
    return Annex(listing_title(), tuple(blocks)) if blocks else None


def charts(
    found: Sorted, chosen: Chosen, by_part: Sequence[tuple[Period, Tallies]]
) -> Annex | None:
    """Return the charts that have something to show, each with the table behind it."""
    drawn = [
        chart
        for chart in (_themes(chosen), _trend(by_part), _grades(found))
        if chart is not None and any(any(values) for _name, values in chart.series)
    ]
    blocks: list[Block] = []
    for chart in drawn:
        blocks += [chart, _table_of(chart)]
    return Annex(_("统计图"), tuple(blocks)) if blocks else None


def _themes(chosen: Chosen) -> Chart | None:
    counts = Counter(
        theme
        for kind in REPORTED
        for record in chosen.found.get(kind, [])
        for theme in record.themes
    )
    titles = titles_of(THEMES)
    values = tuple(counts[theme] for theme in titles)
    return Chart(
        _("各项活动内容的记录件数"), _("件"), tuple(titles.values()), ((_("记录"), values),)
    )


def _trend(by_part: Sequence[tuple[Period, Tallies]]) -> Chart | None:
    """Return findings raised and closed by month or quarter."""
    if len(by_part) < 2:
        return None
    months = tuple(_part_words(period) for period, _tallies in by_part)
    raised = tuple(tallies.raised for _period, tallies in by_part)
    closed = tuple(tallies.closed for _period, tallies in by_part)
    series = ((_("发现问题"), raised), (_("销号问题"), closed))
    return Chart(_("问题发现和销号件数"), _("件"), months, series)


def _part_words(period: Period) -> str:
    assert period.first is not None
    if period.grain == "month":
        return _("{month}月").format(month=period.first.month)
    return period.in_words()


def _grades(found: Sorted) -> Chart | None:
    if not found.surveys:
        return None
    pooled = tuple(sum(getattr(one, grade) or 0 for one in found.surveys) for grade in GRADES)
    return Chart(_("满意度测评各档份数"), _("份"), tuple(grade_titles()), ((_("份数"), pooled),))


def _table_of(chart: Chart) -> Table:
    """Return the numbers of a chart, so that paper without colours tells them too."""
    columns = (_("项目"), *chart.categories)
    rows = tuple(
        (name, *(UNDEFINED if value is None else str(value) for value in values))
        for name, values in chart.series
    )
    weights = (1.6, *([1.0] * len(chart.categories)))
    return Table(columns, rows, weights, frozenset(range(1, len(columns))))
