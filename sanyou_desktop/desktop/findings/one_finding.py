"""What the dialogs of the steps have in common: their questions, and saving one finding."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from sanyou_desktop.desktop.deeds.deed import Place
from sanyou_desktop.desktop.editors.attachments import AttachmentsEditor
from sanyou_desktop.desktop.editors.long_text import LongTextEditor
from sanyou_desktop.desktop.editors.staging import Staging
from sanyou_desktop.desktop.findings.asked import Asked, Values, WholeDay, required, today
from sanyou_desktop.desktop.findings.step_dialog import StepDialog, show
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.desktop.theme.parts import shortened
from sanyou_desktop.ledger.errors import LedgerError
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.changes import Changes
from sanyou_desktop.model.fields import Field, Rows, fields_of
from sanyou_desktop.model.finding import Finding
from sanyou_desktop.model.photo_pairs import AFTER
from sanyou_desktop.wording import N_, _

Step = Callable[[Finding, Values], Finding]
At = tuple[str, str]

_TITLE_SHOWN, _ABOUT_SHOWN = 24, 160


class FindingGone(LedgerError):
    """The finding was deleted while its dialog was open."""


def ask_about(
    place: Place,
    finding: Finding,
    title: str,
    lines: Sequence[tuple[Asked, ...]],
    step: Step,
    about: str = "",
) -> StepDialog:
    """Open the dialog of a step; confirmed, it is one action that can be taken back."""
    undo = _("{step}「{title}」").format(step=title, title=shortened(finding.title, _TITLE_SHOWN))

    def work(ledger: Ledger, given: Values) -> Changes:
        now = ledger.get(finding.id)
        if not isinstance(now, Finding) or now.deleted_at:
            raise FindingGone(_("这个问题已被删除，请先从回收站恢复。"))
        return ledger.save_many([step(now, given)], undo)

    which = " ".join(filter(None, (finding.number, finding.title)))
    told = "\n".join(shortened(one, _ABOUT_SHOWN) for one in (which, *about.splitlines()) if one)
    return show(StepDialog(place.widget.window(), place.session, title, lines, work, about=told))


def day(key: str, field: Field[Any], *at: At) -> Asked:
    """Ask on which day; today, unless changed."""
    return Asked(key, WholeDay(field.title, required=True), today(), at)


def person(key: str, field: Field[Any], value: str, *at: At) -> Asked:
    """Ask who; the names in use are offered."""
    return Asked(key, required(field), value, at, completes="person")


def text(key: str, field: Field[Any], at: At, value: str = "") -> Asked:
    """Ask for a text in a box that grows with it."""
    return Asked(key, field, value, (at,), make=lambda _session: LongTextEditor())


def photos() -> Asked:
    """Ask for photos; they show what it is like 整改后, unless one says otherwise."""
    field = fields_of(Finding)["attachments"]
    assert isinstance(field, Rows)

    def make(session: Session) -> AttachmentsEditor:
        editor = AttachmentsEditor(field, session)
        editor.stage_by(Staging(list, lambda: (AFTER, "")))
        return editor

    titled = replace(field, title=N_("整改照片"), description="")
    return Asked("photos", titled, [], (("attachments", ""),), make=make)
