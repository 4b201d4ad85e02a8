"""Marks by GB/T 15834-2011, as official documents are written across: “ ” and full-width ，；（）.

Records are typed by many hands, with 「」 or with the marks of a Latin keyboard; a document that
goes upward has one kind. Only marks are changed, and only beside Chinese characters: numbers,
addresses and Latin words keep theirs.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TypeVar

from sanyou_desktop.model.summary.blocks import Annex, Block, Heading, Note, Paragraph, Table

_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_BESIDE = _HAN + "”’）》〉】〕"
_CORNERS = str.maketrans("「」『』﹁﹂﹃﹄", "“”‘’“”‘’")
_FULL = dict(zip(",;:?!", "，；：？！", strict=True))
# A full-width mark has its room in it; a blank typed behind it goes.
_MARK = re.compile(rf"(?<=[{_BESIDE}])([,;:?!]) *|([,;])(?=[{_HAN}“‘（《])")
_BRACKETS = re.compile(r"\(([^()\n]{0,200})\)")
_QUOTES = re.compile(r'"([^"\n]{1,200})"')

B = TypeVar("B", bound=Block)


def by_rules(text: str) -> str:
    """Return a text with its marks by the rules."""
    text = text.translate(_CORNERS)
    text = _QUOTES.sub(_quoted, text)
    text = _BRACKETS.sub(_bracketed, text)
    return _MARK.sub(lambda mark: _FULL[mark.group().strip()], text)


def block_by_rules(block: B) -> B:
    """Return a block of text or a table with its marks by the rules; charts have none."""
    if isinstance(block, Heading | Paragraph | Note):
        return replace(block, text=by_rules(block.text))
    if isinstance(block, Table):
        rows = tuple(tuple(map(by_rules, row)) for row in block.rows)
        return replace(block, rows=rows)
    return block


def annex_by_rules(annex: Annex) -> Annex:
    """Return an annex with the marks of its blocks by the rules."""
    return replace(annex, blocks=tuple(map(block_by_rules, annex.blocks)))


def _quoted(found: re.Match[str]) -> str:
    return f"“{found.group(1)}”" if _is_chinese(found) else found.group()


def _bracketed(found: re.Match[str]) -> str:
    return f"（{found.group(1)}）" if _is_chinese(found) else found.group()


def _is_chinese(found: re.Match[str]) -> bool:
    """Tell whether Chinese stands within a pair of marks or beside it."""
    text, begin, end = found.string, found.start(), found.end()
    near = text[max(0, begin - 1) : begin] + found.group(1) + text[end : end + 1]
    return re.search(f"[{_HAN}]", near) is not None
