"""Taking lists into the ledger: those that are shipped, and those in files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sanyou_desktop.desktop.deeds.deed import Place
from sanyou_desktop.desktop.jobs import Progress
from sanyou_desktop.desktop.schemes.dialog import Purpose, open_dialog
from sanyou_desktop.desktop.schemes.offers import Offer, kept_schemes, shipped_offers
from sanyou_desktop.exchange.shipped_schemes import is_among
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.changes import Changes
from sanyou_desktop.model.scheme import Scheme
from sanyou_desktop.wording import _

if TYPE_CHECKING:
    from sanyou_desktop.exchange.scheme_files import Read

_TOLD = 4
# A title has room for 300 characters, also with the words that mark a copy.
_LONGEST = 280


def take_shipped(place: Place) -> None:
    """Offer the lists that come with the program."""
    purpose = Purpose(
        _("取用自带清单"),
        _("勾选要加入台账的清单。加入以后就是本单位的清单，可以随意修改。"),
        _("加入台账"),
        several=True,
    )

    def show(offers: list[Offer]) -> None:
        dialog = open_dialog(place.widget, purpose, lambda chosen: _add(place, chosen))
        dialog.chooser.show_offers(offers)

    place.session.jobs.read(shipped_offers, show, owner=place.widget)


def import_files(place: Place) -> None:
    """Ask for files and offer the lists in them."""
    patterns = _("清单文件 (*.json *.xlsx *.xlsm *.xls *.et *.ods *.csv *.tsv *.txt);;所有文件 (*)")
    paths = place.session.ask.open_files(place.widget, _("从文件导入清单"), patterns)
    if not paths:
        return
    unit = place.session.unit_code

    def read(_progress: Progress) -> tuple[list[Read], list[str]]:
        return _read_all(paths, unit)

    def compare(result: tuple[list[Read], list[str]]) -> None:
        found, refused = result
        place.session.jobs.read(
            lambda ledger: _file_offers(ledger, found),
            lambda offers: _show_found(place, offers, refused),
            owner=place.widget,
        )

    place.session.jobs.run(read, compare, owner=place.widget)


def _read_all(paths: list[Path], unit: str) -> tuple[list[Read], list[str]]:
    # Imported here, off the window's own thread: it takes as long as a frame or two.
    from sanyou_desktop.exchange.errors import ExchangeError
    from sanyou_desktop.exchange.scheme_files import read_schemes

    found: list[Read] = []
    refused: list[str] = []
    for path in paths:
        try:
            found += read_schemes(path, unit)
        except ExchangeError as error:
            refused.append(str(error))
    return found, refused


def _file_offers(ledger: Ledger, found: list[Read]) -> list[Offer]:
    kept = kept_schemes(ledger)
    offers: list[Offer] = []
    seen: set[str] = set()
    for item in found:
        remarks = item.left_out
        title = item.scheme.title.casefold()
        if title in seen:
            remarks = (*remarks, _("前面已有一个同名的清单，所以没有勾选。"))
        seen.add(title)
        offers.append(Offer(item.scheme, item.where, is_among(item.scheme, kept), remarks))
    return offers


def _show_found(place: Place, offers: list[Offer], refused: list[str]) -> None:
    if not offers:
        text = _("没有读到清单，台账没有改动。")
        place.session.ask.tell(place.widget, "\n".join((text, "", *_shortened(refused))))
        return
    purpose = Purpose(
        _("从文件导入清单"),
        _("请核对读到的清单，勾选要加入台账的。点「加入台账」之前，台账没有任何改动。"),
        _("加入台账"),
        several=True,
    )
    dialog = open_dialog(place.widget, purpose, lambda chosen: _add(place, chosen))
    first = _first_of_each(offers)
    dialog.chooser.show_offers(offers, tick=lambda offer: offer in first and not offer.is_kept)
    if refused:
        dialog.banner.show_message("\n".join(_shortened(refused)), "bad")


def _first_of_each(offers: list[Offer]) -> list[Offer]:
    firsts: dict[str, Offer] = {}
    for offer in offers:
        firsts.setdefault(offer.scheme.title.casefold(), offer)
    return list(firsts.values())


def _shortened(refused: list[str]) -> Iterator[str]:
    yield from refused[:_TOLD]
    if len(refused) > _TOLD:
        yield _("还有 {count} 个文件没有读入。").format(count=len(refused) - _TOLD)


def _add(place: Place, chosen: list[Offer]) -> bool:
    """Add the lists in one go; those that are there already as copies, if that is wanted."""
    again = [offer.scheme.title for offer in chosen if offer.is_kept]
    if again:
        text = _("台账里已有「{titles}」。要再存一份副本吗？原有的清单不会改动。").format(
            titles=_("」「").join(again)
        )
        if not place.session.ask.confirm(place.widget, text, _("存为副本")):
            return False
    records = [_copy(offer.scheme) if offer.is_kept else offer.scheme for offer in chosen]
    undo = _("加入 {count} 个清单").format(count=len(records))

    def added(changes: Changes) -> None:
        if len(changes.ids) == 1:
            place.show(next(iter(changes.ids)))

    place.session.operations.run(
        lambda ledger: ledger.save_many(records, undo), owner=place.widget, done=added
    )
    return True


def _copy(scheme: Scheme) -> Scheme:
    return replace(scheme, title=_("{title}（副本）").format(title=scheme.title[:_LONGEST]))
