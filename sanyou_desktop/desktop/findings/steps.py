"""The steps of a finding as dialogs: 开始整改, 登记整改, 复查, 回音, 销号, 持续整改, 重开.

Each asks for what ``model.rectification`` wants and leaves it to that to allow the step. It is
taken from the finding as it stands when the dialog is confirmed, not when it was opened.
"""

from __future__ import annotations

from dataclasses import replace

from sanyou_desktop.desktop.deeds.deed import Place
from sanyou_desktop.desktop.dialogs.about_record import ask_about
from sanyou_desktop.desktop.dialogs.asked import (
    Asked,
    Values,
    day,
    day_of,
    person,
    required,
    text,
)
from sanyou_desktop.desktop.dialogs.fields_dialog import FieldsDialog
from sanyou_desktop.desktop.editors.attachments import AttachmentsEditor
from sanyou_desktop.desktop.editors.staging import Staging
from sanyou_desktop.desktop.findings.due_dates import DueDateEditor
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.model import rectification
from sanyou_desktop.model.fields import Flag, Rows, fields_of
from sanyou_desktop.model.finding import Finding, Reopening, Round
from sanyou_desktop.model.photo_pairs import AFTER
from sanyou_desktop.wording import N_, _

_FINDING, _ROUND, _REOPENING = fields_of(Finding), fields_of(Round), fields_of(Reopening)
_AND_CLOSE = Flag(N_("同时销号"))


def begin(place: Place, finding: Finding) -> FieldsDialog:
    """开始整改: who does what by when."""
    due = Asked(
        "due_on",
        _FINDING["due_on"],
        str(finding.due_on or ""),
        (("due_on", ""),),
        make=DueDateEditor,
    )
    lines = (
        (person("person", _FINDING["person"], finding.person, ("person", "")), due),
        (text("measure", _FINDING["measure"], ("measure", ""), finding.measure),),
    )

    def step(now: Finding, given: Values) -> Finding:
        return rectification.begin(
            now, measure=given["measure"], person=given["person"], due_on=given["due_on"]
        )

    return ask_about(place, finding, _("开始整改"), lines, step)


def rectify(place: Place, finding: Finding) -> FieldsDialog:
    """登记整改: what was done, with its photos."""
    lines = (
        (
            day("on", _ROUND["rectified_on"], ("rounds", "rectified_on")),
            person("by", _ROUND["by"], finding.person, ("rounds", "by")),
        ),
        (text("done", required(_ROUND["rectification"]), ("rounds", "rectification")),),
        (_photos(),),
    )

    def step(now: Finding, given: Values) -> Finding:
        done = rectification.rectify(
            now, on=day_of(given, "on"), by=given["by"], rectification=given["done"]
        )
        key = done.rounds[-1].key
        taken = (replace(photo, round=key if photo.stage else "") for photo in given["photos"])
        return replace(done, attachments=(*done.attachments, *taken))

    last = finding.rounds[-1] if finding.rounds else None
    about = ""
    if last is not None and last.verdict == "failed":
        about = _("上一轮退回意见：{opinion}").format(opinion=last.opinion)
    return ask_about(place, finding, _("登记整改"), lines, step, about)


def recheck(place: Place, finding: Finding) -> FieldsDialog:
    """复查: passed, or sent back with an opinion."""
    kept = place.session.preferences
    lines = (
        (
            day("on", _ROUND["verified_on"], ("rounds", "verified_on")),
            person("by", _ROUND["verified_by"], kept.rechecker, ("rounds", "verified_by")),
        ),
        (Asked("verdict", required(_ROUND["verdict"]), at=(("rounds", "verdict"),)),),
        (text("opinion", _ROUND["opinion"], ("rounds", "opinion")),),
    )

    def step(now: Finding, given: Values) -> Finding:
        return rectification.recheck(
            now,
            on=day_of(given, "on"),
            by=given["by"],
            passed=given["verdict"] == "passed",
            opinion=given["opinion"],
        )

    def remember(given: Values) -> None:
        kept.rechecker = given["by"]

    dialog = ask_about(place, finding, _("复查"), lines, step, _what_was_done(finding))
    dialog.then(remember)
    return dialog


def reply(place: Place, finding: Finding) -> FieldsDialog:
    """回音: the answer to whoever raised it; with 销号 if nothing else is missing."""
    lines: tuple[tuple[Asked, ...], ...] = (
        (day("on", _FINDING["replied_on"], ("replied_on", ""), ("closed_on", "")),),
        (text("reply", required(_FINDING["reply"]), ("reply", ""), finding.reply),),
    )
    may_close = rectification.next_step(finding) in (rectification.REPLY, rectification.CLOSE)
    if may_close:
        lines += ((Asked("close", _AND_CLOSE, value=True),),)

    def step(now: Finding, given: Values) -> Finding:
        on = day_of(given, "on")
        done = rectification.reply(now, on=on, text=given["reply"])
        return rectification.close(done, on=on) if given.get("close") else done

    about = _("答复提出人：{name}").format(name=finding.raised_by) if finding.raised_by else ""
    return ask_about(place, finding, _("回音"), lines, step, about)


def close(place: Place, finding: Finding) -> FieldsDialog:
    """销号: the end of the loop."""
    lines = ((day("on", _FINDING["closed_on"], ("closed_on", "")),),)

    def step(now: Finding, given: Values) -> Finding:
        return rectification.close(now, on=day_of(given, "on"))

    return ask_about(place, finding, _("销号"), lines, step, _how_it_ended(finding))


def keep_going(place: Place, finding: Finding) -> FieldsDialog:
    """持续整改: why it takes longer, and what comes next."""
    reason = required(_FINDING["continuing_reason"])
    lines = ((text("reason", reason, ("continuing_reason", ""), finding.continuing_reason),),)

    def step(now: Finding, given: Values) -> Finding:
        return rectification.keep_going(now, given["reason"])

    return ask_about(place, finding, _("持续整改"), lines, step)


def reopen(place: Place, finding: Finding) -> FieldsDialog:
    """重开: a closed finding is not settled after all."""
    kept = place.session.preferences
    lines = (
        (
            day("on", _REOPENING["on"], ("reopenings", "on")),
            person("by", _REOPENING["by"], kept.rechecker, ("reopenings", "by")),
        ),
        (text("reason", required(_REOPENING["reason"]), ("reopenings", "reason")),),
    )

    def step(now: Finding, given: Values) -> Finding:
        return rectification.reopen(
            now, on=day_of(given, "on"), by=given["by"], reason=given["reason"]
        )

    return ask_about(place, finding, _("重开"), lines, step, _how_it_ended(finding))


def _what_was_done(finding: Finding) -> str:
    """Return what is to be checked."""
    last: Round | None = finding.rounds[-1] if finding.rounds else None
    if last is None:
        return ""
    who = " ".join(filter(None, (str(last.rectified_on or ""), last.by)))
    return _("第 {number} 轮整改（{who}）：{done}").format(
        number=len(finding.rounds), who=who, done=last.rectification
    )


def _how_it_ended(finding: Finding) -> str:
    """Return what is known of the re-check and the reply."""
    last = finding.rounds[-1] if finding.rounds else None
    parts = []
    if last is not None and last.verdict:
        who = " ".join(filter(None, (str(last.verified_on or ""), last.verified_by)))
        parts.append(_("复查通过：{who}").format(who=who))
    if finding.reply or finding.replied_on:
        told = " ".join(filter(None, (str(finding.replied_on or ""), finding.reply)))
        parts.append(_("回音：{told}").format(told=told))
    return "\n".join(parts)


def _photos() -> Asked:
    """Ask for photos; they show what it is like 整改后, unless one says otherwise."""
    field = _FINDING["attachments"]
    assert isinstance(field, Rows)

    def make(session: Session) -> AttachmentsEditor:
        editor = AttachmentsEditor(field, session)
        editor.stage_by(Staging(list, lambda: (AFTER, "")))
        return editor

    titled = replace(field, title=N_("整改照片"), description="")
    return Asked("photos", titled, [], (("attachments", ""),), make=make)
