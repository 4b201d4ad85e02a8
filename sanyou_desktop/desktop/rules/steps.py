"""The deeds of a rule: 征求意见, 发布施行, 登记复审, 启动修订, 废止."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QDialog

from sanyou_desktop.desktop.deeds.deed import Place
from sanyou_desktop.desktop.dialogs.about_record import (
    ask_about,
    ask_about_more,
    newest_of,
    take_step,
)
from sanyou_desktop.desktop.dialogs.asked import Asked, Values, today
from sanyou_desktop.ledger.errors import Conflict
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model import rule_life
from sanyou_desktop.model.document_number import corrected
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.fields import Date, Field, LongText, fields_of
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.model.record import Record
from sanyou_desktop.model.rule import Review, Rule
from sanyou_desktop.wording import N_, _

_REASON = LongText(N_("废止原因"))
_REVIEWED_ON = Date(N_("本次复审日期"))
_NEXT = Date(N_("下次复审日期"), description=N_("到期前会在「今日」提醒；不再复审则留空"))


def consult(place: Place, rule: Rule) -> None:
    """Send the draft out; it can be taken back."""
    take_step(place, rule, _("征求意见"), rule_life.consult)


def keep_unrevised(place: Place, rule: Rule) -> None:
    """Leave the rule as it is."""
    take_step(place, rule, _("停止修订"), rule_life.keep_unrevised)


def revise(place: Place, rule: Rule) -> None:
    """Mark the rule as being revised, and begin its next draft, or go to one that was begun."""

    def go_on(_result: object) -> None:
        # As it was just saved, whoever changed it before.
        place.session.jobs.read(
            lambda ledger: newest_of(ledger, rule),
            lambda now: draft_revision(place, now),
            owner=place.widget,
        )

    take_step(place, rule, _("启动修订"), rule_life.begin_revision, go_on)


def draft_revision(place: Place, rule: Rule) -> None:
    """Go to the draft that will replace the rule, or begin it."""

    def find(ledger: Ledger) -> str:
        drafts = [
            version.id
            for version in ledger.rule_chain(rule.id)
            if version.replaces == rule.id and version.status in ("drafting", "consultation")
        ]
        return drafts[0] if drafts else ""

    def go(found: str) -> None:
        if found:
            place.show(found)
        else:
            place.begin(rule_life.revised(rule, date.today()))

    place.session.jobs.read(find, go, owner=place.widget)


def issue(place: Place, rule: Rule) -> None:
    """Ask for number and dates, after saying what will be repealed by it."""

    def ask(replaced: Record | None) -> None:
        _ask_how_issued(place, rule, replaced if isinstance(replaced, Rule) else None)

    if rule.replaces:
        wanted = rule.replaces
        place.session.jobs.read(lambda ledger: ledger.get(wanted), ask, owner=place.widget)
    else:
        ask(None)


def _ask_how_issued(place: Place, rule: Rule, replaced: Rule | None) -> QDialog:
    fields = kind_of("rule").fields

    def steps(ledger: Ledger, now: Rule, given: Values) -> Sequence[Rule]:
        return rule_life.put_in_force(now, _replaced_by(ledger, now), **given)

    lines = (
        (Asked("doc_number", fields["doc_number"], rule.doc_number, better=corrected),),
        (
            Asked("issued_on", fields["issued_on"], str(rule.issued_on or today()), must=True),
            Asked("effective_on", fields["effective_on"], str(rule.effective_on or ""), must=True),
        ),
    )
    return ask_about_more(place, rule, _("发布施行"), lines, steps, _replacing_in_words(replaced))


def _replaced_by(ledger: Ledger, rule: Rule) -> Rule | None:
    """Return the rule that another one replaces, None for none.

    Raises:
        Conflict: it has been deleted.
    """
    replaced = ledger.get(rule.replaces) if rule.replaces else None
    if rule.replaces and (replaced is None or replaced.deleted_at):
        raise Conflict(
            _("被替代的「{title}」已不在台账中，没有发布。请先改掉替代制度。").format(
                title=replaced.title if replaced else rule.replaces
            )
        )
    return replaced if isinstance(replaced, Rule) else None


def _replacing_in_words(replaced: Rule | None) -> str:
    """Return what becomes of the rule that is replaced."""
    if replaced is None:
        return _("发布以后制度即为现行有效，此后只能修订或废止。")
    named = _("《{title}》").format(title=replaced.title)
    if replaced.doc_number:
        named += _("（{number}）").format(number=replaced.doc_number)
    if replaced.status == "repealed":
        return _("它所替代的{named}此前已经废止，不再改动。").format(named=named)
    return _("发布的同时废止它所替代的{named}，废止日期为本制度的施行日期。").format(named=named)


def repeal(place: Place, rule: Rule) -> QDialog:
    """Ask when and why."""
    lines = (
        (Asked("repealed_on", kind_of("rule").fields["repealed_on"], today(), must=True),),
        (Asked("notes", _REASON, must=True),),
    )

    def step(now: Rule, given: Values) -> Rule:
        return rule_life.repeal(now, on=given["repealed_on"], reason=given["notes"])

    about = _("废止后不能再恢复施行；如由新制度替代，请改为发布新制度，旧制度会同时废止。")
    return ask_about(place, rule, _("废止"), lines, step, about)


def review(place: Place, rule: Rule) -> QDialog:
    """Ask what the review came to; revising or repealing follows at once."""
    fields = fields_of(Review)

    def asked(key: str, raw: str = "", field: Field[Any] | None = None) -> Asked:
        at = (("reviews", key),)
        return Asked(key, field or fields[key], raw, at, must=key != "opinion")

    lines = (
        (asked("on", str(today()), _REVIEWED_ON), asked("by")),
        (asked("outcome", "kept"), Asked("review_by", _NEXT, _in_years(rule))),
        (asked("opinion", field=LongText(fields["opinion"].title)),),
    )

    def step(now: Rule, given: Values) -> Rule:
        named = {"next_by" if key == "review_by" else key: text for key, text in given.items()}
        return rule_life.review(now, **named)

    about = _("结论为需要修订或应予废止的，保存后接着启动修订或办理废止。")
    dialog = ask_about(place, rule, _("登记复审"), lines, step, about)
    dialog.then(lambda given: _follow(place, rule, given["outcome"]))
    return dialog


def _follow(place: Place, rule: Rule, outcome: str) -> None:
    """Go on with what a review came to."""
    following = {"revise": revise, "repeal": repeal}.get(outcome)

    def follow(newest: Record | None) -> None:
        if not isinstance(newest, Rule) or following is None:
            return
        if following is repeal or newest.status == "in_force":
            following(place, newest)

    place.session.jobs.read(lambda ledger: ledger.get(rule.id), follow, owner=place.widget)


def _in_years(rule: Rule) -> str:
    """Suggest the next review as long after today as this one was set, else in two years."""
    now = date.today()
    begun = rule.reviews[-1].on if rule.reviews else rule.effective_on or rule.issued_on
    first, due = begun.first() if begun else None, rule.review_by
    last = due.last() if due else None
    years = max(1, round((last - first).days / 365.25)) if first and last and last > first else 2
    day = min(now.day, 28) if now.month == 2 else now.day
    return str(PartialDate(now.year + years, now.month, day))
