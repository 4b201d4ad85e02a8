"""Figures that a form asks for cell by cell: indicators by line, by theme, by unit, by period.

To have another word for an indicator understood: add it to ``_CALLED``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sanyou_desktop.exchange.own_form.computed import PERCENT, UNIT_OF_SUMS, YUAN, unit_in
from sanyou_desktop.exchange.own_form.labelled import BLANK
from sanyou_desktop.exchange.own_form.layout import merged_areas
from sanyou_desktop.exchange.scheme_headers import tidy
from sanyou_desktop.exchange.sheet import CellValue
from sanyou_desktop.exchange.tables.found_columns import AskedCell, asked_cell
from sanyou_desktop.exchange.tables.heads import Head
from sanyou_desktop.exchange.worksheet import Worksheet
from sanyou_desktop.ledger.counting.sums import Scope
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.repeat_window import repeat_days_of
from sanyou_desktop.model.indicators import INDICATORS, Tallies, Value
from sanyou_desktop.model.periods import Period
from sanyou_desktop.model.quantity import Total, plain
from sanyou_desktop.model.record import THEMES
from sanyou_desktop.wording import N_, _

# Fewer may stand in any table.
_FEWEST = 3
# Counts behind the indicators, for forms that ask for them on their own.
_COUNTS: Mapping[str, tuple[str, Callable[[Tallies], Value], str]] = {
    "findings_settled": (N_("本期问题中已整改的"), lambda now: now.settled, "raised_unclear"),
    "findings_unsettled": (
        N_("本期问题中未整改的"),
        lambda now: now.raised - now.settled,
        "raised_unclear",
    ),
    "surveys_held": (N_("满意度测评次数"), lambda now: now.surveys, "surveys_unclear"),
    "sheets_distributed": (N_("发出问卷份数"), lambda now: now.distributed, "surveys_unclear"),
    "sheets_returned": (N_("收回问卷份数"), lambda now: now.answered, "surveys_unclear"),
}
_CALLED: Mapping[str, str] = {
    "pledges_published": "公示承诺 承诺 承诺数 承诺件数 公示服务承诺 服务承诺 服务承诺数 承诺项数",
    "fulfilment_rate": "承诺兑现率 兑现率",
    "rules_in_force": "现行制度 现行有效制度 制度 制度数 制度件数 有效制度 规章制度 制度建设",
    "rules_past_review": "超期未复审制度",
    "inspections_held": "开展检查 检查 检查次数 检查数 开展检查次数 组织检查 检查场次",
    "score_rate": "检查得分率 得分率",
    "pass_rate": "检查合格率 合格率",
    "findings_raised": "发现问题 问题 问题数 发现问题数 问题总数 查找问题 发现数 问题个数",
    "findings_settled": "已整改问题 已整改 已整改数 整改完成 完成整改 已整改问题数 整改问题数",
    "findings_unsettled": "未整改问题 未整改 未整改数 未完成整改 未整改问题数",
    "findings_closed": "销号问题 已销号 销号数 已销号问题 销号问题数",
    "findings_overdue": "逾期问题 逾期未整改问题 逾期未整改 逾期数 超期问题 逾期问题数",
    "rectification_rate": "整改率 问题整改率 整改完成率",
    "on_time_rate": "按期整改率 按时整改率",
    "replied_rate": "回音率 反馈率 答复率",
    "repeat_findings": "重复问题 重复发生问题 重复问题数",
    "complaints": "投诉 投诉数 投诉件数 有效投诉 群众投诉",
    "errors": "差错 差错数 工作差错",
    "accidents": "事故 事故数 安全事故 责任事故",
    "surveys_held": "测评次数 满意度测评 满意度测评次数 开展满意度测评",
    "sheets_distributed": "发放问卷 发出问卷 发放份数 发出份数 问卷发放数",
    "sheets_returned": "收回问卷 回收问卷 收回份数 回收份数 问卷回收数",
    "return_rate": "回收率 问卷回收率",
    "satisfaction_rate": "满意率 群众满意率 服务对象满意率 满意度 群众满意度 综合满意率",
    "satisfaction_index": "满意度指数 满意指数",
    "money_invested": "投入金额 投入经费 经费投入 投入资金 资金投入 投入 经费 投入经费数",
}
_INDICATORS = {word: key for key, words in _CALLED.items() for word in words.split()}
_THEMES = {theme.title: f"theme:{theme.value}" for theme in THEMES}
_THEN = {
    **dict.fromkeys(("上年同期", "去年同期", "上年", "去年", "上年数"), "year_before"),
    **dict.fromkeys(("上期", "上期数", "上季度", "上月"), "before"),
}
_PLAIN_WORDS = (
    "数量 数值 本期 本年 今年 本期数 本年数 合计 总计 小计 数字 完成情况 指标值 数据 本季度 本月"
)
_PLAIN = frozenset(_PLAIN_WORDS.split())
_MEASURE_WORDS = "项 个 次 件 份 人 人次 条 家 场 场次 套 元 万元 亿元 千元 百万元 % ％ 分"
_MEASURES = frozenset(_MEASURE_WORDS.split())
# Up to here a column's header is looked for.
_FAR = 60


def figure_titles() -> dict[str, str]:
    """Return the titles of all figures by key, translated."""
    found = {indicator.key: _(indicator.title) for indicator in INDICATORS}
    return found | {key: _(title) for key, (title, _value, _unclear) in _COUNTS.items()}


def find_figures(part: Worksheet, units: Mapping[str, str]) -> Head | None:
    """Return the cells of a form that ask for figures, None if too few are known.

    ``units`` are the codes of units by name, for forms with a line or column for each.
    """
    cells = tuple(_Guess(part, units).cells())
    known = sum(bool(cell.source) for cell in cells)
    return Head("", 0, 0, cells, known) if known >= _FEWEST else None


@dataclass(frozen=True)
class _Meaning:
    """What a label says: an indicator, whose it is, or which period's."""

    title: str
    indicator: str = ""
    group: str = ""
    then: str = ""
    is_plain: bool = False


class _Guess:
    def __init__(self, part: Worksheet, units: Mapping[str, str]) -> None:
        self._part = part
        self._units = {tidy(name): f"unit:{code}" for name, code in units.items()}
        self._merged = merged_areas(part)
        self._covered = {
            (row, column)
            for top, left, bottom, right in self._merged
            if (bottom - top + 1) * (right - left + 1) <= _FAR * _FAR
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
            if (row, column) != (top, left)
        }
        self._wide = {(top, left): right for top, left, _bottom, right in self._merged}
        self._sums = ""

    def cells(self) -> Iterator[AskedCell]:
        """Yield every cell that asks for something whose label is known."""
        above: dict[int, _Meaning | None] = {}
        for row in self._part.rows():
            texts = self._part.texts(row)
            meanings = {column: self._meaning(text) for column, text in texts.items()}
            yield from self._in_row(row, texts, meanings, above)
            for column, text in texts.items():
                found = UNIT_OF_SUMS.search(text)
                self._sums = found.group(1) if found else self._sums
                last = self._wide.get((row, column), column)
                for under in range(column, min(last, column + _FAR) + 1):
                    # A heading over all columns is the heading of none.
                    if len(texts) > 1:
                        above[under] = meanings[column]

    def _in_row(
        self,
        row: int,
        texts: Mapping[int, str],
        meanings: Mapping[int, _Meaning | None],
        above: Mapping[int, _Meaning | None],
    ) -> Iterator[AskedCell]:
        formulas, styles = self._part.formulas(row), self._part.styles(row)
        told = _Meaning("")
        unit, is_first = "", True
        for column in sorted({*texts, *styles}):
            text = texts.get(column, "").strip()
            if text in _MEASURES:
                unit = text
            elif text:
                found = meanings.get(column)
                if found is not None and not found.is_plain:
                    told, unit, is_first = _joined(told, found), unit_in(text), True
            elif column not in formulas and (row, column) not in self._covered:
                cell = self._cell(row, column, told, above.get(column), unit, is_first=is_first)
                if cell is not None and BLANK.fullmatch(texts.get(column, "")):
                    is_first = False
                    yield cell

    def _cell(
        self,
        row: int,
        column: int,
        told: _Meaning,
        head: _Meaning | None,
        unit: str,
        *,
        is_first: bool,
    ) -> AskedCell | None:
        """Return a blank cell as what its row and its column say together, None for nothing."""
        whole = _joined(told, head) if head else told
        is_asked = bool(head and (head.indicator or head.group or head.then or head.is_plain))
        if not whole.indicator or not (is_asked or (is_first and head is None)):
            return None
        if head is not None and head.indicator and not told.group and not told.indicator:
            return None
        return asked_cell(
            row,
            column,
            " / ".join(filter(None, (told.title, head.title if head else ""))),
            whole.indicator,
            unit=unit or unit_in(head.title if head else "") or self._sums,
            group=whole.group,
            then=whole.then,
            about=head.title if head and head.indicator else told.title,
        )

    def _meaning(self, text: str) -> _Meaning | None:
        name, shown = tidy(text), " ".join(text.split())
        if name in _INDICATORS:
            return _Meaning(shown, indicator=_INDICATORS[name])
        if name in _THEMES or name in self._units:
            return _Meaning(shown, group=_THEMES.get(name) or self._units[name])
        if name in _THEN:
            return _Meaning(shown, then=_THEN[name])
        return _Meaning(shown, is_plain=True) if name in _PLAIN else None


def _joined(one: _Meaning, other: _Meaning) -> _Meaning:
    return _Meaning(
        other.title,
        other.indicator or one.indicator,
        other.group or one.group,
        other.then or one.then,
        other.is_plain,
    )


class Figures:
    """The figures of a ledger in a period, by group, counted when they are first asked for."""

    def __init__(self, ledger: Ledger, first: str, last: str, unit: str) -> None:
        """Count the records of ``unit`` ("" for all) between two days (EDTF, "" open)."""
        period = Period.between(first, last)
        self._ledger = ledger
        self._unit = unit
        spans = {"": period, "before": period.before(), "year_before": period.year_before()}
        self._spans = {name: span for name, span in spans.items() if span is not None}
        self._known: dict[str, dict[str, tuple[Tallies, ...]]] = {}

    def of(self, cell: AskedCell) -> tuple[Value, str, int]:
        """Return value, shape and how many records may or may not belong to it.

        The value is None where nothing is there to compute it from.
        """
        if cell.then not in self._spans:
            return None, "", 0
        by, _colon, key = cell.group.partition(":")
        if by not in self._known:
            # What carries a mark of secrecy leaves by no number either.
            unit = "" if by == "unit" else self._unit
            scope = Scope(unit=unit, by=by, repeat_days=repeat_days_of(self._ledger), public=True)
            spans = list(self._spans.values())
            self._known[by] = self._ledger.tallies(spans, date.today(), scope)
        place = list(self._spans).index(cell.then)
        nothing = (Tallies(),) * len(self._spans)
        now = self._known[by].get(key, nothing)[place]
        for indicator in INDICATORS:
            if indicator.key == cell.source:
                return indicator.value(now), indicator.shape, indicator.unclear(now)
        _title, value, unclear = _COUNTS[cell.source]
        return value(now), "count", getattr(now, unclear)


def shown(value: Value, shape: str, unit: str) -> CellValue:
    """Return what a cell holds of a figure, as its line counts it.

    A sum that hides something stays words with what it hides; a share is a number only where the
    form says %.
    """
    if isinstance(value, Total):
        factor = YUAN.get(unit, 1)
        amount = Decimal(plain(value.value / factor))
        if not value.inexact and not value.without_value:
            return amount
        return str(value) if factor == 1 else _in_words(value, amount, unit)
    if shape == "percent" and isinstance(value, Decimal):
        return Decimal(plain(value)) if unit in (PERCENT, "％") else f"{plain(value)}%"
    return value


def _in_words(total: Total, amount: Decimal, unit: str) -> str:
    """Return ≥58.6万元(含 1 项约数) as the total says it in yuan."""
    return str(Total(amount, unit, total.inexact, total.without_value, total.qualifier))
