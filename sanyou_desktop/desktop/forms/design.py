"""How a form is laid out: sections, and which fields share a line.

To place a new field: add its key to a line of its kind's design. The test ``test_designs`` names
fields that no design places.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module

from sanyou_desktop.desktop.editors.editor import Editor
from sanyou_desktop.desktop.forms.panel import Panel
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.records import Saved
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.record import Record

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
        panel: ``module:class`` of a ``Panel`` above the fields, imported when the form is built.
        offer: what one field had better say; asked anew as one types.
    """

    title: str
    lines: tuple[tuple[str, ...], ...]
    summary: Summary | None = None
    bare: bool = False
    shown: Callable[[Draft], bool] | None = None
    offer: Callable[[Draft], Offer | None] | None = None
    panel: str = ""

    def make_panel(self, session: Session) -> Panel | None:
        """Return the section's panel, None if it has none."""
        if not self.panel:
            return None
        module, _colon, name = self.panel.partition(":")
        made = getattr(import_module(module), name)(session)
        assert isinstance(made, Panel)
        return made


@dataclass(frozen=True)
class Related:
    """Records that refer to the one shown, named in a line below its head.

    ``text`` (``N_``) has the place {count}; ``key`` is the field of ``kind`` that refers.
    """

    kind: str
    key: str
    text: str


@dataclass(frozen=True)
class Design:
    """A whole form.

    Attributes:
        prepare: ties editors together, for example a column of keys to the rows it names.
        hint: says in the head what a saved record waits for, and whether that is overdue.
        related: what refers to a saved record, counted in a line below its head.
        save: writes the record, and in the same transaction what follows from what was typed.
    """

    kind: str
    sections: tuple[Section, ...]
    prepare: Callable[[Mapping[str, Editor]], None] = field(default=lambda _editors: None)
    hint: Callable[[Record], tuple[str, bool]] = field(default=lambda _record: ("", False))
    related: tuple[Related, ...] = ()
    save: Callable[[Ledger, Record], Saved] = field(default=Ledger.save)

    def placed(self) -> list[str]:
        """Return every field key placed, in reading order."""
        return [key for section in self.sections for line in section.lines for key in line]
