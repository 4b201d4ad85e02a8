"""What offices call the options of a choice, read and written.

To have another word understood: add it to ``_CALLED``. To have one written where a form lists no
nearer word: add it to ``_COARSER``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from sanyou_desktop.model.fields import Choice
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.model.record import Record, value_of
from sanyou_desktop.wording import in_source_language

# What a column of marks says where there is none.
_PUBLIC = frozenset(
    ["公开", "无", "非密", "非涉密", "不涉密", "无密级", "主动公开", "—", "-", "/", "否"]
)
_TERM = re.compile(r"\s*[★☆*].*|\s*[（(]?\d+\s*[年月].*")
# What was done about a finding, where a form may ask how far it is.
DONE = "rounds.rectification"
# What offices call the options of a choice, beside the names that they have here.
_CALLED: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "finding.status": {
            "open": "未整改 待办 未完成 未开始 新增",
            "rectifying": "正在整改 整改之中 进行中 办理中 在办",
            "continuing": "长期整改 长期坚持 持续推进",
            "rectified": "整改完成 完成整改 已完成 完成 已整改待复查",
            "closed": "销号 已办结 办结 已闭环 闭环 已关闭",
        },
        "finding.severity": {
            "minor": "轻微 较轻 普通",
            "major": "较大 中等",
            "critical": "重大 特别严重",
        },
        "finding.source": {
            "inspection": "日常检查 专项检查 督查 巡查 检查发现",
            "complaint": "群众投诉 信访 举报",
            "superior": "上级检查 上级督查 审计 巡察 巡视",
            "self_check": "自查自纠 自查发现 自检",
        },
        "pledge.status": {
            "draft": "未公示 拟定中",
            "published": "公示 公示中 生效 执行中 有效",
            "ended": "终止 失效 到期 已失效",
        },
        "rule.status": {
            "drafting": "起草 拟定",
            "in_force": "有效 执行 执行中 现行有效 生效",
            "revising": "修订 修改中",
            "repealed": "失效 已失效 停止执行",
        },
        "inspection.status": {"done": "已完成 完成 已查", "planned": "未检查 待检查 计划中"},
    }
)
# What is true of an option as well and says less of it, the nearest first: what a form with few
# words to choose from gets, and no change where it is read back.
_COARSER: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "finding.status": {
            "open": "待整改 未销号 否",
            "rectifying": "未完成 未整改 未销号 否",
            "continuing": "整改中 正在整改 进行中 未完成 未整改 未销号 否",
            "rectified": "是 未销号",
            "closed": "已整改 整改完成 完成整改 已完成 完成 是",
        },
    }
)
# What a form may call yes and no, by the statuses for which it is yes.
_ANSWERS: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "=closed": ("closed", "已销号 销号 已办结 已闭环 √ ✓", "未销号 未办结 未闭环 ×"),
        "=rectified": (
            "rectified closed",
            "已整改 整改完成 已完成 完成 整改到位 √ ✓",
            "未整改 未完成 未整改到位 ×",
        ),
    }
)


def option_called(place: str, text: str) -> str:
    """Return the option of a choice (``finding.status``) that offices call so, else the text."""
    for value, words in _CALLED.get(place, {}).items():
        if text in words.split():
            return value
    return text


def mark_called(text: str) -> str:
    """Return a mark of secrecy without its term (秘密★3年), "" for what is said to have none.

    The signs are those of GB/T 9704-2012, 7.2.2. A word that nobody knows is handed back, so that
    its row is refused: it may well keep something from leaving. So is a term alone: only what has a
    mark has one.
    """
    word = _TERM.sub("", text)
    return "" if word in _PUBLIC else word or text


def words_for(record: Record, key: str) -> list[str]:
    """Return what a record's choice may be called, the nearest first; [] without a choice."""
    declared = kind_of(record.kind).fields[key]
    value = value_of(record, key)
    if not isinstance(declared, Choice) or not value:
        return []
    place = f"{record.kind}.{key}"
    called = (known.get(place, {}).get(value, "") for known in (_CALLED, _COARSER))
    return [declared.show(value), *" ".join(called).split()]


def offered(record: Record, source: str, options: Iterable[str]) -> str:
    """Return the word of a form's list that is true of what fills a cell, "" if none is.

    Where a form offers words for how far the rectification is, in place of what was done, the
    finding's status says it.
    """
    key = "status" if source == DONE else source
    found: Sequence[str] = ()
    if source in _ANSWERS:
        statuses, yes, no = _ANSWERS[source]
        found = (yes if record.status in statuses.split() else no).split()
    elif key in kind_of(record.kind).fields:
        found = words_for(record, key)
    wanted = set(options)
    return next((word for word in found if word in wanted), "")


def is_said(record: Record, source: str, text: str) -> bool:
    """Tell whether the text of a cell says no more than what the record says already."""
    key = "status" if source == DONE else source
    if key not in kind_of(record.kind).fields:
        return False
    # Files are written in the source language, whatever the window speaks.
    with in_source_language():
        return text in words_for(record, key)
