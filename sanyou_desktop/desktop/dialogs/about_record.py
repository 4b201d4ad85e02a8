"""Deeds with one record: taken from it as it stands when they are done, not when they were begun.

What was changed elsewhere meanwhile stays; ``model`` says whether the deed still applies.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from sanyou_desktop.desktop.deeds.deed import Place
from sanyou_desktop.desktop.dialogs.asked import Asked, Values
from sanyou_desktop.desktop.dialogs.deed_dialog import show
from sanyou_desktop.desktop.dialogs.fields_dialog import FieldsDialog
from sanyou_desktop.desktop.theme.parts import shortened
from sanyou_desktop.ledger.errors import LedgerError
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.changes import Changes
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.model.record import Record
from sanyou_desktop.wording import _

R = TypeVar("R", bound=Record)

_TITLE_SHOWN, _ABOUT_SHOWN = 24, 160


class RecordGone(LedgerError):
    """The record was deleted while its dialog was open."""


def newest_of(ledger: Ledger, record: R) -> R:
    """Return a record as it stands in the ledger now.

    Raises:
        RecordGone: it was deleted meanwhile.
    """
    now = ledger.get(record.id)
    if not isinstance(now, type(record)) or now.deleted_at:
        raise RecordGone(
            _("{kind}「{title}」已被删除，请先从回收站恢复。").format(
                kind=_(kind_of(record.kind).title), title=shortened(record.title, _TITLE_SHOWN)
            )
        )
    return now


def named(record: Record, *more: str) -> str:
    """Return the heading of a dialog about a record: number and title, and ``more`` lines."""
    which = " ".join(filter(None, (record.number, record.title)))
    lines = (which, *(line for text in more for line in text.splitlines()))
    return "\n".join(shortened(one, _ABOUT_SHOWN) for one in lines if one)


def undo_of(title: str, record: Record) -> str:
    """Return what 撤销 calls a deed with a record."""
    return _("{step}「{title}」").format(step=title, title=shortened(record.title, _TITLE_SHOWN))


def ask_about(
    place: Place,
    record: R,
    title: str,
    lines: Sequence[tuple[Asked, ...]],
    step: Callable[[R, Values], Record],
    about: str = "",
) -> FieldsDialog:
    """Open the dialog of a step; confirmed, it is one action that can be taken back."""
    return ask_about_more(
        place, record, title, lines, lambda _ledger, now, given: [step(now, given)], about
    )


def ask_about_more(
    place: Place,
    record: R,
    title: str,
    lines: Sequence[tuple[Asked, ...]],
    steps: Callable[[Ledger, R, Values], Iterable[Record]],
    about: str = "",
) -> FieldsDialog:
    """Open the dialog of a step that changes other records along with this one."""

    def work(ledger: Ledger, given: Values) -> Changes:
        after = steps(ledger, newest_of(ledger, record), given)
        return ledger.save_many(after, undo_of(title, record))

    return show(
        FieldsDialog(
            place.widget,
            place.session,
            title,
            lines,
            work,
            kind=record.kind,
            about=named(record, about),
        )
    )


def take_step(
    place: Place,
    record: R,
    title: str,
    step: Callable[[R], Record],
    done: Callable[[object], None] | None = None,
) -> None:
    """Take a step that asks nothing, because it can be taken back."""
    place.session.operations.run(
        lambda ledger: ledger.save_many([step(newest_of(ledger, record))], undo_of(title, record)),
        owner=place.widget,
        done=done,
    )
