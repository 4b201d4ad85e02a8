"""How the text of a rule is divided, known by how its lines begin (GB/T 9704-2012, 7.3.3)."""

from __future__ import annotations

import re

_ANY = "[一二三四五六七八九十百零〇]+"
_CHAPTER = re.compile(rf"第{_ANY}[章节编]\s*\S{{0,30}}$")
_FIRST = re.compile(rf"{_ANY}、")
_SECOND = re.compile(rf"（{_ANY}）")
_ARTICLE = re.compile(rf"第{_ANY}条")
# A longer line that begins so is a paragraph, not a heading.
_LONGEST_HEADING = 40


def level_of(line: str) -> str:
    """Return what a line is the heading of: chapter, first, second, or "" for a paragraph."""
    if _CHAPTER.fullmatch(line):
        return "chapter"
    if len(line) > _LONGEST_HEADING:
        return ""
    if _FIRST.match(line):
        return "first"
    return "second" if _SECOND.match(line) else ""


def article_of(line: str) -> str:
    """Return the number of the article that a line begins, 第十二条, "" if it begins none."""
    found = _ARTICLE.match(line)
    return found[0] if found else ""
