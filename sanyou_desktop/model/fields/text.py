"""One line of text, and text of many lines."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sanyou_desktop.model.fields.base import Field, Json, Refused, wrong_type
from sanyou_desktop.wording import _

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_BREAKS = re.compile(r"\s*[\t\n\u2028\u2029]\s*")


@dataclass(frozen=True, eq=False, repr=False)
class Text(Field[str]):
    """One line of text. Line breaks and tabs, which come with pasted cells, become one space."""

    max_length: int = 500
    pattern: str = ""
    searched: bool = True

    @property
    def empty(self) -> str:
        """The empty text."""
        return ""

    def parse(self, raw: Json) -> str:
        """Return clean text, from text or a number."""
        text = _BREAKS.sub(" ", clean(raw)).strip()
        return self._of_length(text)

    def write(self, value: str) -> Json:
        """Return the text itself."""
        return value

    def _kept(self, written: Json) -> str:
        return str(written)

    def _of_length(self, text: str) -> str:
        if len(text) > self.max_length:
            raise Refused(
                _("最多 {limit} 字，现有 {length} 字，请缩短，或把详细内容写到备注里").format(
                    limit=self.max_length, length=len(text)
                )
            )
        return text


@dataclass(frozen=True, eq=False, repr=False)
class UnitCode(Text):
    """The code of a unit; lists show the unit's name in its place."""

    max_length: int = 64
    searched: bool = False


@dataclass(frozen=True, eq=False, repr=False)
class LongText(Text):
    """Text of many lines, kept as typed but for invisible control characters."""

    max_length: int = 200_000

    def parse(self, raw: Json) -> str:
        """Return clean text; its line breaks become line feeds."""
        return self._of_length(clean(raw).strip())


def clean(raw: Json) -> str:
    """Return raw text without control characters, with line feeds as its only line breaks.

    Raises:
        Refused: not text or a number, or text that UTF-8 cannot hold (half of a surrogate pair).
    """
    if isinstance(raw, bool) or not isinstance(raw, (str, int, float)):
        raise wrong_type(_("文字"), raw)
    text = str(raw).replace("\r\n", "\n").replace("\r", "\n")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise Refused(_("含有不完整的字符，无法保存，请删除后重新输入")) from error
    return _CONTROL.sub("", text)
