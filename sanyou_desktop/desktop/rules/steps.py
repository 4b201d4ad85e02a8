"""The deeds of a rule: 征求意见, 发布施行, 登记复审, 启动修订, 废止."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QDialog

from sanyou_desktop.desktop.deeds.deed import Place
from sanyou_desktop.desktop.deeds.fields_dialog import Asked, FieldsDialog, Values, ask_fields
from sanyou_desktop.ledger.errors import Conflict
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model import rule_life
from sanyou_desktop.model.changes import Changes
from sanyou_desktop.model.document_number import corrected
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.fields import Date, LongText, fields_of
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.model.record import Record
from sanyou_desktop.model.rule import Review, Rule
from sanyou_desktop.wording import N_, _

_REASON = LongText(N_("废止原因"))
_REVIEWED_ON = Date(N_("本次复审日期"))
_NEXT = Date(N_("下次复审日期"), description=N_("到期前会在「今日」提醒；不再复审则留空"))


def consult(place: Place, rule: Rule) -> None:
    """Send the draft out; it can be taken back."""
    told = _("将「{title}」转入征求意见").format(title=rule.title)
    _change(place, lambda: rule_life.consult(rule), told)


def keep_unrevised(place: Place, rule: Rule) -> None:
    """Leave the rule as it is."""
    told = _("停止修订「{title}」").format(title=rule.title)
    _change(place, lambda: rule_life.keep_unrevised(rule), told)


def revise(place: Place, rule: Rule) -> None:
    """Mark the rule as being revised, and begin the draft that will replace it."""

    def go_on(_result: object) -> None:
        place.begin(rule_life.revised(rule, date.today()))

    told = _("启动修订「{title}」").format(title=rule.title)
    _change(place, lambda: rule_life.begin_revision(rule), told, go_on)


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
        ask_fields(_issue_dialog(place, rule, replaced if isinstance(replaced, Rule) else None))

    if rule.replaces:
        wanted = rule.replaces
        place.session.jobs.read(lambda ledger: ledger.get(wanted), ask, owner=place.widget)
    else:
        ask(None)


def _issue_dialog(place: Place, rule: Rule, replaced: Rule | None) -> FieldsDialog:
    fields = kind_of("rule").fields
    today = str(PartialDate.of(date.today()))

    def work(ledger: Ledger, values: Values) -> Changes:
        newest = ledger.get(replaced.id) if replaced else None
        if replaced and (newest is None or newest.deleted_at):
            raise Conflict(
                _("被替代的「{title}」已不在台账中，没有发布。请先改掉替代制度。").format(
                    title=replaced.title
                )
            )
        changed = rule_life.put_in_force(
            rule, newest if isinstance(newest, Rule) else None, **values
        )
        return ledger.save_many(changed, _("发布施行「{title}」").format(title=rule.title))

    return FieldsDialog(
        place,
        _("发布施行「{title}」").format(title=rule.title),
        _replacing_in_words(replaced),
        (
            (Asked("doc_number", fields["doc_number"], rule.doc_number, better=corrected),),
            (
                Asked("issued_on", fields["issued_on"], str(rule.issued_on or today), True),
                Asked("effective_on", fields["effective_on"], str(rule.effective_on or ""), True),
            ),
        ),
        _("发布施行"),
        work,
    )


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

    def work(ledger: Ledger, values: Values) -> Changes:
        after = rule_life.repeal(rule, on=values["repealed_on"], reason=values["notes"])
        return ledger.save_many([after], _("废止「{title}」").format(title=rule.title))

    day = kind_of("rule").fields["repealed_on"]
    today = str(PartialDate.of(date.today()))
    return ask_fields(
        FieldsDialog(
            place,
            _("废止「{title}」").format(title=rule.title),
            _("废止后不能再恢复施行；如由新制度替代，请改为发布新制度，旧制度会同时废止。"),
            (
                (Asked("repealed_on", day, today, required=True),),
                (Asked("notes", _REASON, required=True),),
            ),
            _("废止"),
            work,
        )
    )


def review(place: Place, rule: Rule) -> QDialog:
    """Ask what the review came to; revising or repealing follows at once."""
    columns = fields_of(Review)
    today = str(PartialDate.of(date.today()))
    outcome: list[str] = []

    def work(ledger: Ledger, values: Values) -> Changes:
        named = {"next_by" if key == "review_by" else key: text for key, text in values.items()}
        after = rule_life.review(rule, **named)
        outcome[:] = [values["outcome"]]
        return ledger.save_many([after], _("登记「{title}」的复审").format(title=rule.title))

    def go_on(_changes: Changes) -> None:
        following = {"revise": revise, "repeal": repeal}.get(outcome[0])
        if following is None or (following is revise and rule.status != "in_force"):
            return

        def follow(newest: Record | None) -> None:
            if isinstance(newest, Rule):
                following(place, newest)

        place.session.jobs.read(lambda ledger: ledger.get(rule.id), follow, owner=place.widget)

    return ask_fields(
        FieldsDialog(
            place,
            _("登记复审：{title}").format(title=rule.title),
            _("结论为需要修订或应予废止的，保存后接着启动修订或办理废止。"),
            (
                (
                    Asked("on", _REVIEWED_ON, today, required=True),
                    Asked("by", columns["by"], required=True),
                ),
                (
                    Asked("outcome", columns["outcome"], "kept", required=True),
                    Asked("review_by", _NEXT, _in_years(rule)),
                ),
                (Asked("opinion", LongText(columns["opinion"].title)),),
            ),
            _("保存"),
            work,
            go_on,
        )
    )


def _in_years(rule: Rule) -> str:
    """Suggest the next review as long after today as this one was set, else in two years."""
    today = date.today()
    begun = rule.reviews[-1].on if rule.reviews else rule.effective_on or rule.issued_on
    first, due = begun.first() if begun else None, rule.review_by
    last = due.last() if due else None
    years = max(1, round((last - first).days / 365.25)) if first and last and last > first else 2
    day = min(today.day, 28) if today.month == 2 else today.day
    return str(PartialDate(today.year + years, today.month, day))


def _change(
    place: Place,
    step: Callable[[], Rule],
    told: str,
    done: Callable[[object], None] | None = None,
) -> None:
    """Take a step that needs no question; it can be taken back."""
    place.session.operations.run(
        lambda ledger: ledger.save_many([step()], told), owner=place.widget, done=done
    )
