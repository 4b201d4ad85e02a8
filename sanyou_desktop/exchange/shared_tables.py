"""Which sheet of a shared workbook holds the table of which kind, whatever it is called by now.

A sheet is known by its name. One that somebody renamed is known by what a new name does not
change: the headers of our hidden columns, and those that only one kind has.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from sanyou_desktop.exchange.columns import IDENTITY, columns_of
from sanyou_desktop.exchange.errors import Unsupported
from sanyou_desktop.exchange.shared_sheet import SEARCHED_FOR_HEADER, SharedSheet, plain_header
from sanyou_desktop.exchange.sheet import Sheet
from sanyou_desktop.exchange.workbook_parts import SheetEntry, WorkbookParts
from sanyou_desktop.model.kinds import REPORTED, kind_of
from sanyou_desktop.wording import _, to_user

Found = tuple[SheetEntry, SharedSheet]


class SharedTables:
    """The tables of one workbook; texts are Chinese, as in every workbook of ours."""

    def __init__(self, parts: WorkbookParts) -> None:
        """Look for them when they are asked for."""
        self._parts = parts
        self._renamed: dict[str, list[SheetEntry]] | None = None

    def find(self, sheet: Sheet) -> Found | None:
        """Return the kind's table, None if there is none.

        Raises:
            Unsupported: it goes by another name, and two sheets look like it.
        """
        named = self._by_name(sheet)
        if named is not None:
            return named
        if self._renamed is None:
            self._renamed = self._by_headers(sheet)
        entries = self._renamed.get(sheet.kind, [])
        if len(entries) > 1:
            raise Unsupported(
                to_user(
                    "{name} 里「{first}」和「{second}」都像是「{kind}」表。"
                    "文件未变，请把要用的一张改名为「{kind}」后再试。"
                ).format(
                    name=self._parts.package.name,
                    first=entries[0].name,
                    second=entries[1].name,
                    kind=sheet.title,
                )
            )
        return self._table(entries[0], sheet) if entries else None

    def add(self, sheet: Sheet, title: str) -> Found:
        """Add an empty table of the kind after the last sheet."""
        taken = self._parts.sheet_names()
        name = sheet.title if sheet.title not in taken else _own_name(sheet.title)
        made = self._table(self._parts.add_sheet(name, title, sheet.columns), sheet)
        assert made is not None, "a new sheet has its headers"
        return made

    def _by_name(self, sheet: Sheet) -> Found | None:
        for entry in self._parts.sheets():
            if entry.name in (sheet.title, _own_name(sheet.title)):
                found = self._table(entry, sheet)
                if found is not None and kind_by_headers(found[1].headers) in (sheet.kind, ""):
                    return found
        return None

    def _by_headers(self, any_of_ours: Sheet) -> dict[str, list[SheetEntry]]:
        """Return the sheets that are named like no kind, by the kind whose headers they have.

        The hidden columns are those of ``any_of_ours``: every kind has the same.
        """
        titles = [_(kind_of(kind).title) for kind in REPORTED]
        known = {name for title in titles for name in (title, _own_name(title))}
        found: dict[str, list[SheetEntry]] = {}
        for entry in self._parts.sheets():
            if entry.name not in known:
                head = SharedSheet.find(
                    self._parts.head_of(entry, SEARCHED_FOR_HEADER), any_of_ours
                )
                kind = kind_by_headers(head.headers) if head is not None else ""
                found.setdefault(kind, []).append(entry)
        return found

    def _table(self, entry: SheetEntry, sheet: Sheet) -> Found | None:
        found = SharedSheet.find(self._parts.worksheet(entry, alone=True), sheet)
        return None if found is None else (entry, found)


def kind_by_headers(headers: Collection[str]) -> str:
    """Return the kind that has the most of its own headers among these, "" if none stands out."""
    counts = {kind: len(own.intersection(headers)) for kind, own in _own_headers().items()}
    most = max(counts.values())
    kinds = [kind for kind, count in counts.items() if count == most]
    return kinds[0] if most and len(kinds) == 1 else ""


@cache
def _own_headers() -> dict[str, frozenset[str]]:
    """Return the headers that only one kind has, by kind."""
    all_of = {
        kind: frozenset(
            plain_header(c.title)
            for c in columns_of(kind, many_units=True)
            if c.key not in IDENTITY
        )
        for kind in REPORTED
    }
    return {
        kind: own.difference(*(other for key, other in all_of.items() if key != kind))
        for kind, own in all_of.items()
    }


def _own_name(title: str) -> str:
    return _("{kind}（台账）").format(kind=title)
