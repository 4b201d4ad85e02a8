"""The words of a clerk's own table: which column is which part of an entry, and what is none.

To have another header understood: add it to ``_KNOWN``, without spaces or brackets.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from unicodedata import normalize

_KNOWN: Mapping[str, str] = MappingProxyType(
    {
        "number": "序号 编号 条号 项次 号",
        "text": "内容 检查内容 检查项目 项目 条目 条款 承诺事项 承诺内容 承诺条款 事项 要求 "
        "检查要点 要点 具体内容 具体要求 考核内容 考核项目 考核指标 指标 清单内容 检查事项 目标 查",
        "group": "类别 分类 大类 项目类别 检查类别",
        "follow_through": "落实 落实内容 落实要求 落实措施",
        "standard": "标准 检查标准 服务标准 考核标准 工作标准 质量标准",
        # Words, of which the points that a place costs may be one.
        "marking": "评分标准 评分办法 评分细则 计分办法 计分标准 扣分办法 扣分细则 扣分说明",
        "time_limit": "办理时限 时限 办结时限 承诺时限 完成时限",
        "target": "目标值 指标值",
        "full_score": "满分 分值 标准分 分数 标准分值",
        "deduction": "每处扣分 扣分 每项扣分 每次扣分 扣分值 扣分标准",
        "veto": "一票否决 否决 否决项 一票否决项",
    }
)
# Rows that are no entries, by what stands in their first cells or before their colon.
TOTALS = ("合计", "总计", "小计", "总分", "合计得分")
BELOW = re.compile(
    r"\s*(注|附注|说明|备注|填表\w*|制表\w*|检查人|检查人员|审核\w*|审批\w*|\w{0,6}负责人|主管领导"
    r"|分管领导|受检\w*|填报\w*|报送\w*|联系人|联系电话|日期|\w{0,8}(?:签字|签名|签章|盖章))"
    r"\s*(?:[（(][^（）()]*[）)])?\s*\d*[：:]"
)
# A row that shows how to fill the others, by what its first cells say.
EXAMPLE = re.compile(r"(填写|填报|填表)?(示例|样例|范例|举例|例)|例[:：如].*|如[:：].*")
YES = ("是", "有", "√", "✓", "✔", "★", "☆", "▲", "●", "*", "v", "一票否决", "否决", "yes", "1")
NO = ("否", "无", "×", "✗", "-", "—", "/", "no", "0")
# The number of 20分.
POINTS = re.compile(r"[+-]?[\d,.]+(?=\s*分$)")
POINTS_ALONE = re.compile(r"\d{1,9}(?:\.\d{1,9})?")
# Names that say nothing of what is on a sheet.
USUAL_NAMES = re.compile(r"(sheet|工作表|表)\s*\d*", re.IGNORECASE)
_KEYS = {label: key for key, labels in _KNOWN.items() for label in labels.split()}
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
_SPACES = re.compile(r"\s+")
# A table's head is looked for among its first rows; above it stand titles and dates.
_LOOKED_AT = 30


@dataclass(frozen=True)
class Line:
    """A row of a sheet: its number there, and its texts by column (from 0), empty ones left out."""

    number: int
    cells: Mapping[int, str]


@dataclass(frozen=True)
class Head:
    """The row of headers.

    Attributes:
        place: its index among the lines.
        columns: key of an entry (or "number", "group") by column.
        unused: the headers of columns that no entry has a place for.
    """

    place: int
    columns: Mapping[int, str]
    unused: tuple[str, ...]


def tidy(text: str) -> str:
    """Return a label as it is compared: full width or half, spaced or not, is the same."""
    plain = _BRACKETS.sub("", normalize("NFKC", text))
    return _SPACES.sub("", plain).strip(":*")


def find_head(lines: list[Line]) -> Head | None:
    """Return the row in which most headers are known, None if none names the entries."""
    best: Head | None = None
    for place, line in enumerate(lines[:_LOOKED_AT]):
        head = _head(place, line)
        if head is not None and (best is None or len(head.columns) > len(best.columns)):
            best = head
    return best


def _head(place: int, line: Line) -> Head | None:
    columns: dict[int, str] = {}
    unused = []
    known = {column: _KEYS.get(tidy(line.cells[column]), "") for column in sorted(line.cells)}
    texts = [column for column, key in known.items() if key == "text"]
    if not texts:
        return None
    # 检查项目 beside 检查内容: the first says what the second belongs to.
    roles = {texts[0]: "group", texts[-1]: "text"}
    for column, guessed in known.items():
        key = roles.get(column, guessed)
        if not key or key in columns.values() or (key == "text" and column not in roles):
            unused.append(line.cells[column].strip())
        else:
            columns[column] = key
    return Head(place, columns, tuple(header for header in unused if header))
