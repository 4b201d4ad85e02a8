"""What activities come to together: money and quantities, added only where that is honest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sanyou_desktop.model.activity import Activity, Figure
from sanyou_desktop.model.quantity import Quantity, Total, total
from sanyou_desktop.wording import _

YUAN = "元"


@dataclass(frozen=True)
class Sum:
    """One line of a table of totals: a label, its total, and of how many entries it is made."""

    label: str
    total: Total
    entries: int

    def words(self) -> str:
        """Return ≥1,400,000 元(含 1 项约数); only words where no entry has a number."""
        if self.total.without_value == self.entries:
            return _("{count} 项均无数字").format(count=self.entries)
        return str(self.total)


@dataclass(frozen=True)
class Totals:
    """The money, and every label with a unit of its own; labels by how often they are used."""

    activities: int
    money: Sum | None
    quantities: tuple[Sum, ...]


def totals(many: Iterable[Activity]) -> Totals:
    """Add up activities.

    Quantities of one label are added only where they have the same unit: 派车 12 辆次 and 派车
    3 天 stay two lines. Differently written labels are different, apart from white space.
    """
    return totals_of((item.amount, item.quantities) for item in many)


def totals_of(many: Iterable[tuple[Quantity | None, tuple[Figure, ...]]]) -> Totals:
    """Add up what activities hold, each given by its amount and its quantities."""
    money: list[Quantity] = []
    by_label: dict[tuple[str, str], list[Quantity]] = defaultdict(list)
    count = 0
    for amount, figures in many:
        count += 1
        if amount is not None:
            money.append(amount)
        for figure in figures:
            if figure.quantity is not None:
                label = " ".join(figure.label.split())
                by_label[label, figure.quantity.unit].append(figure.quantity)
    sums = [
        Sum(label, total(quantities, unit), len(quantities))
        for (label, unit), quantities in by_label.items()
    ]
    sums.sort(key=lambda item: (-item.entries, item.label, item.total.unit))
    return Totals(count, _money(money), tuple(sums))


def _money(amounts: list[Quantity]) -> Sum | None:
    # What was written without a number may carry no unit; it is money all the same.
    in_yuan = [
        item if item.unit == YUAN else Quantity(item.value, item.qualifier, YUAN, item.as_written)
        for item in amounts
        if item.unit in ("", YUAN)
    ]
    return Sum(_("金额"), total(in_yuan, YUAN), len(in_yuan)) if in_yuan else None
