"""The deeds of a pledge: 公示, 登记履行, 续期, 终止, 打印公示牌."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QDialog

from sanyou_desktop.desktop.deeds.deed import Place
from sanyou_desktop.desktop.dialogs.about_record import ask_about, ask_about_more
from sanyou_desktop.desktop.dialogs.asked import Asked, Values, today
from sanyou_desktop.desktop.dialogs.deed_dialog import show
from sanyou_desktop.desktop.pledges.saving import renewed_by
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model import pledge_life
from sanyou_desktop.model.fields import Date, LongText
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.model.pledge import Pledge
from sanyou_desktop.wording import N_, _

_REASON = LongText(N_("终止原因"))
_ENDED_ON = Date(N_("终止日期"), required=True)


def publish(place: Place, pledge: Pledge) -> QDialog:
    """Ask when and where it is published, and for how long it holds."""
    fields = kind_of("pledge").fields

    def asked(key: str, raw: object, *, must: bool = False) -> Asked:
        return Asked(key, fields[key], str(raw or ""), must=must)

    def steps(ledger: Ledger, now: Pledge, given: Values) -> list[Pledge]:
        after = pledge_life.publish(
            now,
            on=given["published_on"],
            where=given["published_where"],
            valid_from=given["valid_from"],
            valid_until=given["valid_until"],
        )
        return [*renewed_by(ledger, after), after]

    lines = (
        (
            asked("published_on", pledge.published_on or today(), must=True),
            asked("published_where", pledge.published_where, must=True),
        ),
        (
            asked("valid_from", pledge.valid_from or today()),
            asked("valid_until", pledge.valid_until),
        ),
    )
    about = _("公示以后，承诺就对外作数：履行情况要逐条登记，不再改回草稿。")
    if pledge.renews:
        about += _("它所续的原承诺随即终止。")
    return ask_about_more(place, pledge, _("公示"), lines, steps, about)


def end(place: Place, pledge: Pledge) -> QDialog:
    """Ask why it ends."""

    def step(now: Pledge, given: Values) -> Pledge:
        return pledge_life.end(now, on=given["on"], reason=given["notes"])

    lines = ((Asked("on", _ENDED_ON, today()),), (Asked("notes", _REASON, must=True),))
    about = _("终止后不再登记履行情况，公示牌请随即取下。原因记入备注。")
    return ask_about(place, pledge, _("终止"), lines, step, about)


def renew(place: Place, pledge: Pledge) -> None:
    """Begin the next version, to be looked through, saved and published, or go to its draft."""

    def find(ledger: Ledger) -> str:
        begun = ledger.records_referring("pledge", "renews", pledge.id)
        return next((one.id for one in begun if one.status == "draft"), "")

    def go(found: str) -> None:
        if found:
            place.show(found)
        else:
            place.begin(pledge_life.renewal(pledge, date.today()))

    place.session.jobs.read(find, go, owner=place.widget)


def fulfil(place: Place, pledge: Pledge) -> QDialog:
    """Go through the clauses one by one."""
    from sanyou_desktop.desktop.pledges.fulfil_dialog import FulfilDialog

    return show(FulfilDialog(place, pledge))


def print_notice(place: Place, pledge: Pledge) -> QDialog:
    """Ask for the paper, and show the notice on it."""
    from sanyou_desktop.desktop.pledges.notice_dialog import NoticeDialog

    return show(NoticeDialog(place, pledge))
