"""Units and records that tests share."""

from __future__ import annotations

from pathlib import Path

from sanyou_desktop.exchange.sharing import Shared, share_ledger
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.finding import Finding
from sanyou_desktop.model.unit import Unit

OWN = Unit(code="350300", name="莆田市机关事务管理局")
OTHER = Unit(code="350200", name="厦门市机关事务管理局")
SHEET = "问题整改"


def finding(title: str = "车库照明损坏", unit: Unit = OWN, **given: object) -> Finding:
    """Return a finding that was not saved yet."""
    return Finding(unit=unit.code, title=title, **given)  # type: ignore[arg-type]  # by name


def save(ledger: Ledger, record: Finding) -> Finding:
    """Save a finding and return it as kept."""
    kept = ledger.save(record).record
    assert isinstance(kept, Finding)
    return kept


def share_of(unit: Unit, titles: list[str], path: Path, folder: Path) -> Shared:
    """Share findings of these titles from a ledger that another unit keeps in ``folder``."""
    ledger_path = folder / f"{unit.code}.sanyou"
    opened = Ledger.open(ledger_path) if ledger_path.exists() else Ledger.create(ledger_path, unit)
    with opened as ledger:
        for title in titles:
            ledger.save(finding(title, unit))
        return share_ledger(ledger, path)
