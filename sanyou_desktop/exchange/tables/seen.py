"""Which row was first to speak of a record, over all sheets that are taken together."""

from __future__ import annotations

from collections.abc import Hashable

from sanyou_desktop.wording import _

# A sheet's name and the number of a row in it.
RowPlace = tuple[str, int]


class Seen:
    """Rows by what they speak of: a record's id, a new number, or all that a row says."""

    def __init__(self) -> None:
        """Begin with no row."""
        self._first: dict[Hashable, RowPlace] = {}
        self._keys: dict[RowPlace, list[Hashable]] = {}

    def met(self, what: Hashable, at: RowPlace) -> str:
        """Note a row; return why it is not read again if another spoke of the same before."""
        sheet, row = self._first.setdefault(what, at)
        if (sheet, row) == at:
            self._keys.setdefault(at, []).append(what)
            return ""
        if sheet == at[0]:
            return _("与第 {row} 行是同一条记录，没有再读").format(row=row)
        told = _("与「{sheet}」第 {row} 行是同一条记录，没有再读")
        return told.format(sheet=sheet, row=row)

    def forget(self, at: RowPlace) -> bool:
        """Forget a row that is read anew; tell whether it was the first to speak of anything."""
        keys = self._keys.pop(at, [])
        for key in keys:
            del self._first[key]
        return bool(keys)
