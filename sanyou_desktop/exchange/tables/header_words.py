"""What the header of a column asks for in rows of a kind: what is called so, or is like it."""

from __future__ import annotations

from typing import Any

from sanyou_desktop.exchange.own_form.layout import (
    LABELS,
    NUMBER,
    UNIT_CODE,
    UNIT_NAME,
    fillable_fields,
)
from sanyou_desktop.exchange.scheme_headers import tidy
from sanyou_desktop.model.fields import Field, Rows
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.wording import _

# A record has no column for what only its own row knows.
ID = "#id"
_IDS = ("记录标识",)
_NUMBERS = ("序号", "编号顺序", "序", "项次")
# Of labels of one character nothing can be guessed.
_SHORTEST = 2


class HeaderWords:
    """The names of a kind's fields, in Chinese and in the language in use when it was made.

    Headers are compared as ``tidy`` leaves them.
    """

    def __init__(self, kind: str) -> None:
        """Collect them once: a sheet has many headers, and many rows that may be headers."""
        self.kind = kind
        self._names = {key: _names_of(item) for key, item in fillable_fields(kind).items()}
        self._exact: dict[str, str] = dict.fromkeys(_IDS, ID) | dict.fromkeys(_NUMBERS, NUMBER)
        for key, names in self._names.items():
            for name in names:
                self._exact.setdefault(name, key)
        for label, source in LABELS.items():
            if source in (UNIT_NAME, UNIT_CODE):
                self._exact.setdefault(label, source)
        for name, source in _inside(kind):
            self._exact.setdefault(name, source)

    def exactly(self, header: str) -> str:
        """Return what is called so, "" if nothing is."""
        return self._exact.get(header, "")

    def likely(self, header: str) -> str:
        """Return the field whose name holds the header, or is held by it, the nearest in length."""
        if len(header) < _SHORTEST:
            return ""
        near = [
            (abs(len(name) - len(header)), key)
            for key, names in self._names.items()
            for name in names
            if len(name) >= _SHORTEST and (header in name or name in header)
        ]
        return min(near, default=(0, ""))[1]


def _names_of(item: Field[Any]) -> set[str]:
    labels = (item.title, *item.aliases)
    return {tidy(label) for label in labels} | {tidy(_(label)) for label in labels}


def _inside(kind: str) -> list[tuple[str, str]]:
    """Return the columns of rows inside a record: 复查人 is that of the round of rectification.

    A row of a table has room for one of them.
    """
    return [
        (name, f"{key}.{part}")
        for key, declared in kind_of(kind).fields.items()
        if isinstance(declared, Rows) and key != "attachments"
        for part, column in declared.columns.items()
        for name in _names_of(column)
    ]
