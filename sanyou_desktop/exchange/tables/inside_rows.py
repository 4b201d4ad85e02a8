"""Rows inside a record as the lines of a table tell them: items of a checklist, clauses, rounds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sanyou_desktop.exchange.own_form.computed import LAST_COUNTS, NOTHING
from sanyou_desktop.exchange.tables.values import is_list, listed_lines, raw_of, rows_of
from sanyou_desktop.model.fields import Json, Rows, Text
from sanyou_desktop.model.fields.rows import new_key
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.wording import _


@dataclass
class InsideRows:
    """The rows of one rows field, as they are gathered line by line.

    Attributes:
        kind, key: the kind of record, and the field.
        is_1904: days of the table count from 1904.
        values: raw rows.
        lines: the line of the sheet in which each of ``values`` stands.
    """

    kind: str
    key: str
    is_1904: bool = False
    values: list[Json] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)

    def add(self, line: int, texts: Mapping[str, str]) -> str:
        """Take what a line says, by column of the row, "" for the rows as a whole.

        A cell that lists several rows is cut into them, and so are the others beside it. Returns
        why that cannot be, "" if it can.
        """
        declared = kind_of(self.kind).fields[self.key]
        assert isinstance(declared, Rows), self.key
        first = next(iter(declared.columns))
        if texts.get("") and texts.get(first):
            told = _("「{whole}」和「{column}」两列说的是同一处，请只读其中一列")
            return told.format(whole=_(declared.title), column=_(declared.columns[first].title))
        listing = texts.get("", "") or texts.get(first, "")
        others = {part: text for part, text in texts.items() if part not in ("", first)}
        cut = listed_lines(listing)
        if len(cut) < 2 or not (texts.get("") or is_list(listing)):
            alone = {**({first: listing} if listing else {}), **others}
            if not self._went_on(line, alone):
                self._take(line, alone, declared)
            return ""
        if not others:
            made = rows_of(declared, listing)
            self.values += made
            self.lines += [line] * len(made)
            return ""
        beside = {part: listed_lines(text) for part, text in others.items()}
        if any(len(found) != len(cut) for found in beside.values()):
            self._take(line, {first: listing, **others}, declared)
            told = _(
                "这一格列了 {count} 项，同一行其他格子的项数对不上；请一项写一行，或各格分行写齐"
            )
            return told.format(count=len(cut))
        for at, text in enumerate(cut):
            # As a form has it filled: a dash where a row says nothing.
            parts = {part: found[at] for part, found in beside.items() if found[at] != NOTHING}
            self._take(line, {first: text, **parts}, declared)
        return ""

    def _went_on(self, line: int, texts: Mapping[str, str]) -> bool:
        """Let a text of the last round go on, if a line has only more of it: several measures."""
        if self.key not in LAST_COUNTS or not self.values or self.lines[-1] == line:
            return False
        last = self.values[-1]
        assert isinstance(last, dict)
        fields = kind_of(self.kind).fields[self.key]
        assert isinstance(fields, Rows)
        if last.get("verdict") or any(
            not isinstance(fields.columns[part], Text) and part in last for part in texts
        ):
            return False
        for part, text in texts.items():
            said = str(last.get(part) or "")
            if text not in said.split("；"):
                last[part] = "；".join(filter(None, (said, text)))
        return True

    def _take(self, line: int, texts: Mapping[str, str], declared: Rows) -> None:
        row: dict[str, Json] = {"key": new_key()}
        for part, text in texts.items():
            source = f"{self.key}.{part}"
            row[part] = raw_of(
                self.kind, source, declared.columns[part], text, is_1904=self.is_1904
            )
        self.values.append(row)
        self.lines.append(line)
