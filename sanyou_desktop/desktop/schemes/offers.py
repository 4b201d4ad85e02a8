"""The lists that can be chosen from: those of the ledger, those shipped, those read from files."""

from __future__ import annotations

from dataclasses import dataclass

from sanyou_desktop.exchange.shipped_schemes import is_among, shipped_schemes
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.scheme import Scheme
from sanyou_desktop.wording import _


@dataclass(frozen=True)
class Offer:
    """A list that can be chosen.

    Attributes:
        origin: where it is from, in words: 本台账, 程序自带, or the name of a file.
        is_kept: the ledger has it already, though it is offered from elsewhere.
        remarks: what the user should know of how it was read.
    """

    scheme: Scheme
    origin: str
    is_kept: bool = False
    remarks: tuple[str, ...] = ()


def kept_schemes(ledger: Ledger) -> list[Scheme]:
    """Return the living lists of a ledger, by number."""
    return [record for record in ledger.records("scheme") if isinstance(record, Scheme)]


def shipped_offers(ledger: Ledger) -> list[Offer]:
    """Return the shipped lists, those that the ledger has already marked as such."""
    kept = kept_schemes(ledger)
    return [
        Offer(scheme, _("程序自带"), is_among(scheme, kept))
        for scheme in shipped_schemes(ledger.unit)
    ]


def usable_offers(ledger: Ledger) -> list[Offer]:
    """Return what records are begun from: the ledger's lists in use, then other shipped ones."""
    own = [
        Offer(scheme, _("本台账")) for scheme in kept_schemes(ledger) if scheme.status == "active"
    ]
    return [*own, *(offer for offer in shipped_offers(ledger) if not offer.is_kept)]


def extent(scheme: Scheme) -> str:
    """Return how many entries a list has, and how many of them are missing."""
    known = len(scheme.known)
    if not scheme.incomplete:
        return _("共 {count} 项").format(count=known)
    return _("已录 {known} 项，还缺 {missing} 项").format(known=known, missing=scheme.missing())
