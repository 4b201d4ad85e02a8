"""Lists written on one line: 张三、李四；《车辆、会议管理规定》."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sanyou_desktop.model.fields.base import Json, wrong_type
from sanyou_desktop.wording import _

_MARKS = "、，,；;\n"
# An item in straight quotes, as in CSV, or up to the next mark that is not inside 《》.
_ITEM = re.compile(
    rf'[^\S\n]*"((?:[^"]|"")*)"[^\S\n]*(?=[{_MARKS}]|$)|((?:《[^《》]*》|[^{_MARKS}])+)'
)
_BRACKETED = re.compile("《[^《》]*》")


def listed(raw: Json) -> list[Json]:
    """Return the items of a list, or of text separated by 、，, ; or line breaks.

    Raises:
        Refused: neither a list nor text.
    """
    if isinstance(raw, list):
        return raw
    if not isinstance(raw, str):
        raise wrong_type(_("列表"), raw)
    found = (
        match[2] if match[1] is None else match[1].replace('""', '"')
        for match in _ITEM.finditer(raw)
    )
    return [item.strip() for item in found if item.strip()]


def on_one_line(items: Iterable[str]) -> str:
    """Return text of which ``listed`` makes the same items again: 、 between them.

    An item that would be taken apart stands in straight quotes.
    """
    return "、".join(map(_quoted, items))


def _quoted(item: str) -> str:
    # What opens and does not close would reach into the next item.
    opens = item.startswith('"') or "《" in _BRACKETED.sub("", item)
    if not opens and listed(item) == [item]:
        return item
    doubled = item.replace('"', '""')
    return f'"{doubled}"'
