"""The deeds of a pledge: 公示, 登记履行, 续期, 终止, 打印公示牌."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QDialog

from sanyou_desktop.desktop.deeds.deed import Place
from sanyou_desktop.desktop.deeds.fields_dialog import Asked, FieldsDialog, Values, ask_fields
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model import pledge_life
from sanyou_desktop.model.changes import Changes
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.fields import Date, LongText
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.model.pledge import Pledge
from sanyou_desktop.wording import N_, _

_REASON = LongText(N_("终止原因"))
_ENDED_ON = Date(N_("终止日期"))


def publish(place: Place, pledge: Pledge) -> QDialog:
    """Ask when and where it is published, and for how long it holds."""
    fields = kind_of("pledge").fields
    today = PartialDate.of(date.today())

    def asked(key: str, raw: str, *, required: bool = False) -> Asked:
        return Asked(key, fields[key], raw, required)

    def work(ledger: Ledger, values: Values) -> Changes:
        after = pledge_life.publish(
            pledge,
            on=values["published_on"],
            where=values["published_where"],
            valid_from=values["valid_from"],
            valid_until=values["valid_until"],
        )
        return ledger.save_many([after], _("公示「{title}」").format(title=pledge.title))

    return ask_fields(
        FieldsDialog(
            place,
            _("公示「{title}」").format(title=pledge.title),
            _("公示以后，承诺就对外作数：履行情况要逐条登记，不再改回草稿。"),
            (
                (
                    asked("published_on", str(pledge.published_on or today), required=True),
                    asked("published_where", pledge.published_where, required=True),
                ),
                (
                    asked("valid_from", str(pledge.valid_from or today)),
                    asked("valid_until", str(pledge.valid_until or "")),
                ),
            ),
            _("公示"),
            work,
        )
    )


def end(place: Place, pledge: Pledge) -> QDialog:
    """Ask why it ends."""

    def work(ledger: Ledger, values: Values) -> Changes:
        on = values["on"] or PartialDate.of(date.today())
        after = pledge_life.end(pledge, on=on, reason=values["notes"])
        return ledger.save_many([after], _("终止「{title}」").format(title=pledge.title))

    return ask_fields(
        FieldsDialog(
            place,
            _("终止「{title}」").format(title=pledge.title),
            _("终止后不再登记履行情况，公示牌请随即取下。原因记入备注。"),
            (
                (Asked("on", _ENDED_ON, str(PartialDate.of(date.today())), required=True),),
                (Asked("notes", _REASON, required=True),),
            ),
            _("终止"),
            work,
        )
    )


def renew(place: Place, pledge: Pledge) -> None:
    """Begin the next version, to be looked through, saved and published."""
    place.begin(pledge_life.renewal(pledge, date.today()))


def fulfil(place: Place, pledge: Pledge) -> QDialog:
    """Go through the clauses one by one."""
    from sanyou_desktop.desktop.pledges.fulfil_dialog import FulfilDialog

    return ask_fields(FulfilDialog(place, pledge))


def print_notice(place: Place, pledge: Pledge) -> QDialog:
    """Ask for the paper, and show the notice on it."""
    from sanyou_desktop.desktop.pledges.notice_dialog import NoticeDialog

    return ask_fields(NoticeDialog(place, pledge))
