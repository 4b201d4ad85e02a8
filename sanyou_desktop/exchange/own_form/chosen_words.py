"""The words that a form lets be chosen in a cell, in place of what the ledger calls it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from sanyou_desktop.exchange.cells import column_name
from sanyou_desktop.exchange.own_form.choices import Choices
from sanyou_desktop.exchange.sheet import CellValue, text_of
from sanyou_desktop.exchange.tables.choice_words import DONE, offered
from sanyou_desktop.model.fields import Rows
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.model.record import Record
from sanyou_desktop.wording import _


class ChosenWords:
    """Looks up what each cell offers, and remembers what was not offered."""

    def __init__(self, choices: Sequence[Choices]) -> None:
        """Take the lists of a sheet."""
        self._choices = choices
        self._unknown: set[int] = set()
        self._reworded: Counter[tuple[str, str]] = Counter()
        self.refused: list[str] = []

    @property
    def unknown(self) -> tuple[str, ...]:
        """The columns whose choices could not be known."""
        return tuple(column_name(column) for column in sorted(self._unknown))

    @property
    def reworded(self) -> tuple[str, ...]:
        """What was written by another word of the form, and in how many cells."""
        told = _("「{ours}」写作「{theirs}」{count} 格")
        return tuple(
            told.format(ours=ours, theirs=theirs, count=count)
            for (ours, theirs), count in self._reworded.items()
        )

    def fitting(
        self, at: tuple[int, int], source: str, record: Record, value: CellValue
    ) -> CellValue:
        """Return what a cell (row, column) takes: the value, or the form's own word for it."""
        text = text_of(value)
        if isinstance(value, int | Decimal | date) or not (text or source == DONE):
            return value
        for choice in self._choices:
            if not choice.covers(*at):
                continue
            options = choice.options(*at)
            if options is None:
                self._unknown.add(at[1])
            elif text not in options:
                word = offered(record, source, options)
                if word:
                    self._reworded[_named(record, source, text), word] += 1
                    return word
                if text:
                    self._refuse(at, text, options)
        return value

    def _refuse(self, at: tuple[int, int], text: str, options: Sequence[str]) -> None:
        row, column = at
        told = _("{cell}「{text}」（可选：{options}）")
        cell = f"{column_name(column)}{row}"
        self.refused.append(told.format(cell=cell, text=text, options=_("、").join(options[:6])))


def _named(record: Record, source: str, text: str) -> str:
    """Return what is said to be written otherwise: an option, or what a longer text is about."""
    key, _dot, part = source.partition(".")
    declared = kind_of(record.kind).fields.get(key)
    if isinstance(declared, Rows) and part:
        return _(declared.columns[part].title)
    return text
