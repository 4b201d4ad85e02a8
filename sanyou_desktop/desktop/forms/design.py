"""How a form is laid out: sections, and which fields share a line.

To place a new field: add its key to a line of its kind's design. The test ``test_designs`` names
fields that no design places.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sanyou_desktop.desktop.editors.editor import Editor
from sanyou_desktop.model.draft import Draft

# Written by the ledger, and shown in the form's head or not at all.
NOT_SHOWN = frozenset({"id", "unit", "revision", "created_at", "updated_at", "deleted_at"})

Summary = Callable[[Draft], str]


@dataclass(frozen=True)
class Offer:
    """A better way to write what stands in a field, taken by one click or Alt+Return there."""

    key: str
    text: str


@dataclass(frozen=True)
class Section:
    """A part of a form with a heading (``N_``).

    Attributes:
        lines: field keys, those of one line side by side.
        summary: a line below, worked out anew as one types; "" shows nothing.
        bare: the one field needs no label of its own, because the heading says it.
        shown: whether a draft needs the section at all; asked anew as one types.
        offer: what one field had better say; asked anew as one types.
        panel: ``module:class`` of a ``RecordPanel`` below, for what only the ledger knows.
    """

    title: str
    lines: tuple[tuple[str, ...], ...]
    summary: Summary | None = None
    bare: bool = False
    shown: Callable[[Draft], bool] | None = None
    offer: Callable[[Draft], Offer | None] | None = None
    panel: str = ""


@dataclass(frozen=True)
class Design:
    """A whole form.

    ``prepare`` ties editors together, for example a column of keys to the rows it names.
    """

    kind: str
    sections: tuple[Section, ...]
    prepare: Callable[[Mapping[str, Editor]], None] = field(default=lambda _editors: None)

    def placed(self) -> list[str]:
        """Return every field key placed, in reading order."""
        return [key for section in self.sections for line in section.lines for key in line]
