"""What a key does while judging; keyboard, legend and tests read this one table.

The digits lie together on a number pad; letters work because the table takes no input method.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from PySide6.QtCore import Qt

from sanyou_desktop.wording import N_

_Key = Qt.Key


@dataclass(frozen=True)
class SheetKey:
    """One thing a key does: ``shown`` is how the legend writes the key, ``text`` (``N_``) why."""

    id: str
    shown: str
    text: str
    keys: tuple[Qt.Key, ...]


SHEET_KEYS = (
    SheetKey("pass", "1", N_("合格"), (_Key.Key_1, _Key.Key_Space)),
    SheetKey("fail", "2", N_("不合格"), (_Key.Key_2,)),
    SheetKey("na", "3", N_("不适用"), (_Key.Key_3,)),
    SheetKey("clear", "0", N_("清除"), (_Key.Key_0, _Key.Key_Delete, _Key.Key_Backspace)),
    SheetKey("more", "+", N_("加一处"), (_Key.Key_Plus, _Key.Key_Equal)),
    SheetKey("fewer", "-", N_("减一处"), (_Key.Key_Minus, _Key.Key_Underscore)),
    SheetKey("figure", "/", N_("填处数或得分"), (_Key.Key_Slash, _Key.Key_Asterisk)),
    SheetKey("remark", "Enter", N_("写存在问题"), (_Key.Key_Return, _Key.Key_Enter)),
    SheetKey("raise", "F", N_("转问题"), (_Key.Key_F,)),
    SheetKey("self", "S", N_("填自评分"), (_Key.Key_S,)),
)
BY_KEY: Mapping[int, str] = MappingProxyType(
    {int(key): one.id for one in SHEET_KEYS for key in one.keys}
)
