"""What the header of a column asks for in rows of a kind: what is called so, or is like it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sanyou_desktop.exchange.own_form.computed import computed_words
from sanyou_desktop.exchange.own_form.labelled import LABELS
from sanyou_desktop.exchange.own_form.layout import (
    NUMBER,
    UNIT_CODE,
    UNIT_NAME,
    fillable_fields,
)
from sanyou_desktop.exchange.scheme_headers import tidy
from sanyou_desktop.model.fields import Field, Rows, Text
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.wording import _

# A record has no column for what only its own row knows.
ID = "#id"
_IDS = ("记录标识",)
_NUMBERS = ("序号", "编号顺序", "序", "项次")
# What offices also call columns; the fields' own names and aliases stand with the fields.
_ALSO: Mapping[str, Mapping[str, str]] = {
    "pledge": {
        "department": "责任单位 承诺部门 承诺科室 承办部门 牵头部门",
        "statement": "具体内容 主要内容",
        "published_where": "公示地点 公示形式 公示渠道",
    },
    "rule": {
        "department": "制定部门 起草部门 牵头部门 主办部门 责任单位",
        "effective_on": "实施时间 施行时间 生效时间 执行时间",
        "category": "分类",
    },
    "inspection": {
        "scheme": "检查方式 检查类型 检查类别 检查形式",
        "items.standard": "检查标准 考核标准 评分标准 工作标准",
        "conclusion": "检查结果 检查情况及结论",
        "inspected_unit": "受检单位 被检单位 被检查部门",
    },
    "finding": {
        "severity": "隐患等级 问题等级 隐患级别 风险等级",
        "place": "隐患部位 隐患地点",
        "measure": "任务清单 整改任务 整改要求 拟采取措施",
        "description": "问题清单 问题表现 发现问题 反馈问题",
        "department": "牵头部门 承办部门 承办科室 牵头单位 受检单位 受检部门 被检查单位",
        "due_on": "要求完成时间 拟完成时间 计划完成时间",
        "status": "整改状态 当前状态 整改进度",
        "title": "问题名称 问题标题",
        "rounds.verdict": "验收结论",
        "rounds.opinion": "验收意见",
        "rounds.rectification": "整改进展 进展情况 整改完成情况 整改进展情况 目前进展",
    },
    "survey": {
        "title": "测评名称 测评项目",
        "very_satisfied": "非常满意",
        "suggestions": "主要意见建议 意见和建议 主要意见",
    },
    "activity": {
        "person": "负责人",
        "ended_on": "完成时间 完成日期 结束时间 竣工时间",
        "narrative": "主要内容 工作内容 主要做法 具体内容 内容",
        "outcome": "取得成效 工作成效 主要成效",
        "amount": "投入 投入经费 经费投入 投入资金",
        "department": "牵头部门 承办部门 主办部门",
    },
}
_COUNTED = re.compile(r"[（(]\s*(?:个|次|件|项|条|起|处|人|人次|份|票|%|％)\s*[）)]")
# A table with such a column has a line a figure, and no records.
_NO_RECORDS = frozenset({"指标", "指标名称", "统计指标", "计量单位"})
# What a header means where nothing beneath it is an option of the field that is called so.
_INSTEAD: Mapping[str, Mapping[str, str]] = {"activity": {"themes": "narrative"}}
# Of labels of one character nothing can be guessed.
_SHORTEST = 2
# These are held by too many headers to tell anything: 完成时间, 公示日期.
_HELD_BY_MANY = frozenset({"时间", "日期"})


class HeaderWords:
    """The names of a kind's fields, in Chinese and in the language in use when it was made.

    Headers are compared as ``tidy`` leaves them.
    """

    def __init__(self, kind: str) -> None:
        """Collect them once: a sheet has many headers, and many rows that may be headers."""
        self.kind = kind
        self._names = {key: _names_of(item) for key, item in fillable_fields(kind).items()}
        # 制度名称, 活动名称: what a record is called, and of which kind it is.
        whole = kind_of(kind).title
        self._whole = {tidy(f"{whole}{name}") for name in self._names["title"]}
        self._names["title"] |= self._whole
        self._exact: dict[str, str] = dict.fromkeys(_IDS, ID) | dict.fromkeys(_NUMBERS, NUMBER)
        for key, names in self._names.items():
            for name in names:
                self._exact.setdefault(name, key)
        for label, source in LABELS.items():
            if source in (UNIT_NAME, UNIT_CODE):
                self._exact.setdefault(label, source)
        self._inside: dict[str, str] = {}
        for name, source in _inside(kind):
            self._inside.setdefault(name, source)
            self._exact.setdefault(name, source)
        for source, also in _ALSO.get(kind, {}).items():
            for name in also.split():
                self._exact.setdefault(name, source)
        for name, source in computed_words(kind).items():
            self._exact.setdefault(name, source)

    def exactly(self, header: str) -> str:
        """Return what is called so, "" if nothing is."""
        if header in _NO_RECORDS:
            return ""
        return self._exact.get(header, "")

    def is_text(self, source: str) -> bool:
        """Tell whether a source is told in words."""
        return isinstance(kind_of(self.kind).fields.get(source), Text)

    def names_kind(self, header: str) -> bool:
        """Tell whether a header says which kind of record the rows are."""
        return header in self._whole

    def of_rows(self, header: str) -> str:
        """Return the column of rows inside a record that is called so, "" if none is."""
        return self._inside.get(header, "")

    def instead(self, source: str) -> str:
        """Return what a column may be if it holds no option of the choice that it is called by."""
        return _INSTEAD.get(self.kind, {}).get(source, "")

    def likely(self, header: str) -> str:
        """Return the field whose name holds the header, or is held by it, the nearest in length.

        Of several as near, the day by which records of the kind are found; else none is likely.
        """
        if len(header) < _SHORTEST or header in _NO_RECORDS:
            return ""
        near = [
            (abs(len(name) - len(header)), key)
            for key, names in self._names.items()
            for name in names
            if len(name) >= _SHORTEST
            and (header in name or (name in header and name not in _HELD_BY_MANY))
        ]
        nearest = min(near, default=(0, ""))[0]
        keys = {key for distance, key in near if distance == nearest}
        occurred = kind_of(self.kind).record.occurred
        if len(keys) > 1:
            return occurred if occurred in keys else ""
        return next(iter(keys), "")


def _names_of(item: Field[Any]) -> set[str]:
    labels = (item.title, *item.aliases)
    return {tidy(label) for label in labels} | {tidy(_(label)) for label in labels}


def _inside(kind: str) -> list[tuple[str, str]]:
    """Return the columns of rows inside a record: 复查人 is that of the round of rectification."""
    return [
        (name, f"{key}.{part}")
        for key, declared in kind_of(kind).fields.items()
        if isinstance(declared, Rows) and key != "attachments"
        for part, column in declared.columns.items()
        for name in _names_of(column)
    ]


def counts_rows(header: str) -> bool:
    """Tell whether a column is called as one that counts the rows."""
    return header in _NUMBERS


def counts_things(header: str) -> bool:
    """Tell whether a header says in brackets what its numbers count: 发现问题（个）."""
    return _COUNTED.search(header) is not None
