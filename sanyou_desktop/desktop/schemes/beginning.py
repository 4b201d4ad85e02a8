"""Beginning pledges and inspections from lists; the user completes and saves them in their form."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sanyou_desktop.desktop.deeds.deed import Place
from sanyou_desktop.desktop.schemes.dialog import Purpose, open_dialog
from sanyou_desktop.desktop.schemes.offers import Offer, usable_offers
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.from_list import (
    inspection_of,
    pledge_of,
    usual_pledge_of,
    with_items_of,
    zero_target_pledge_of,
)
from sanyou_desktop.model.inspection import Inspection
from sanyou_desktop.model.record import Record
from sanyou_desktop.model.scheme import Scheme
from sanyou_desktop.wording import _


def make_pledge(place: Place, record: Record) -> None:
    """Begin a pledge from a list."""
    assert isinstance(record, Scheme)
    place.begin(pledge_of(record, place.session.unit_code))


def make_zero_targets(place: Place, record: Record) -> None:
    """Begin a pledge of zero-targets from a list."""
    assert isinstance(record, Scheme)
    place.begin(zero_target_pledge_of(record, place.session.unit_code))


def make_inspection(place: Place, record: Record) -> None:
    """Begin an inspection by a list, planned for today."""
    assert isinstance(record, Scheme)
    place.begin(inspection_of(record, place.session.unit_code, date.today()))


def begin_pledge(place: Place) -> None:
    """Have a list chosen and begin a pledge from it."""
    unit = place.session.unit_code
    _choose(
        place,
        Purpose(
            _("按清单新建承诺"),
            _("选一个清单，它的每一项成为一条承诺条款；零目标清单的目标值为 0。"),
            _("新建承诺"),
            several=False,
        ),
        lambda scheme: usual_pledge_of(scheme, unit),
    )


def begin_inspection(place: Place) -> None:
    """Have a list chosen and begin an inspection by it."""
    unit = place.session.unit_code
    _choose(
        place,
        Purpose(
            _("按清单新建检查"),
            _("选一个清单，它的每一项成为一个检查项目，「查」与「落实」成对带入。"),
            _("新建检查"),
            several=False,
        ),
        lambda scheme: inspection_of(scheme, unit, date.today()),
    )


def fill_inspection(place: Place, record: Record) -> None:
    """Have a list chosen and fill an inspection without items; the one it names is current."""
    assert isinstance(record, Inspection)
    _choose(
        place,
        Purpose(
            _("按清单填入检查项目"),
            _("选一个清单，它的每一项成为这次检查的一个项目。填入后请核对、保存。"),
            _("填入"),
            several=False,
        ),
        lambda scheme: with_items_of(scheme, record),
        named=record.scheme,
    )


def _choose(
    place: Place, purpose: Purpose, begin: Callable[[Scheme], Draft], *, named: str = ""
) -> None:
    def go(chosen: list[Offer]) -> bool:
        place.begin(begin(chosen[0].scheme))
        return True

    def show(offers: list[Offer]) -> None:
        dialog = open_dialog(place.widget, purpose, go)
        dialog.chooser.show_offers(offers)
        dialog.chooser.go_to(lambda offer: offer.scheme.title == named)

    place.session.jobs.read(usable_offers, show, owner=place.widget)
