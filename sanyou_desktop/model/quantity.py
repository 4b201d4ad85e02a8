"""Quantities as they were reported, and totals that say what they hide.

140多万元 is "over 1,400,000 元", not 1,400,000 and not unknown. The words it was written in stay
with it, because a superior checks the figure against the report it came from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from sanyou_desktop.wording import N_, _

QUALIFIERS = {
    "exact": "",
    "over": N_("多于"),
    "about": N_("约"),
    "nearly": N_("近"),
    "under": N_("不足"),
}
# Beyond these a sheet, or a reader, no longer sees every digit.
LARGEST = Decimal(10) ** 15
MOST_DECIMALS = 10


@dataclass(frozen=True)
class Quantity:
    """A number with what is known of it.

    Attributes:
        value: in ``unit``; None where the words hold no number (一大批).
        qualifier: one of ``QUALIFIERS``; how the true number stands to ``value``.
        unit: such as 元, 辆次, 个; may be empty.
        as_written: the reporter's own words.
    """

    value: Decimal | None
    qualifier: str = "exact"
    unit: str = ""
    as_written: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return the four parts, the value as a decimal string or null."""
        value = None if self.value is None else format(self.value.normalize(), "f")
        return {
            "value": value,
            "qualifier": self.qualifier,
            "unit": self.unit,
            "as_written": self.as_written,
        }

    @classmethod
    def from_json(cls, raw: dict[str, Any], unit: str = "") -> Quantity:
        """Read the four parts; missing words are written from the others.

        Raises:
            Refused: an unknown part or qualifier, or a value that is not a number.
        """
        # The field types import this module; their refusal is needed only on this path.
        from sanyou_desktop.model.fields.base import Refused
        from sanyou_desktop.model.fields.text import Text

        unknown = set(raw) - {"value", "qualifier", "unit", "as_written"}
        if unknown:
            raise Refused(_("数量中没有「{key}」这一项").format(key="、".join(sorted(unknown))))
        qualifier = raw.get("qualifier") or "exact"
        if not isinstance(qualifier, str) or qualifier not in QUALIFIERS:
            raise Refused(
                _("数量的限定应为 {options}，现为「{value}」").format(
                    options="/".join(QUALIFIERS), value=str(qualifier)[:40]
                )
            )
        text = Text("")
        read = cls(
            quantity_value(raw.get("value")),
            qualifier,
            text.read(raw.get("unit")) or unit,
            text.read(raw.get("as_written")),
        )
        return read if read.as_written else cls(read.value, qualifier, read.unit, read.in_words())

    @classmethod
    def kept(cls, written: Mapping[str, Any]) -> Quantity:
        """Return what ``to_json`` made ``written`` from; today's limits are not asked."""
        value = written.get("value")
        return cls(
            None if value is None else Decimal(str(value)),
            str(written.get("qualifier") or "exact"),
            str(written.get("unit") or ""),
            str(written.get("as_written") or ""),
        )

    def in_words(self) -> str:
        """Return the quantity from its parts: ≥1,400,000 元, 约 30 个."""
        if self.value is None:
            return self.as_written
        return _figure(self.value, self.qualifier, self.unit)


def quantity_value(raw: object) -> Decimal | None:
    """Return the number that ``raw`` holds, None for no number.

    Raises:
        Refused: not a number, beyond ``LARGEST``, or with more than ``MOST_DECIMALS``.
    """
    from sanyou_desktop.model.fields.base import Refused

    if raw is None or raw == "":
        return None
    shown = str(raw)[:40]
    try:
        value = Decimal(str(raw))
    except InvalidOperation:
        value = Decimal("NaN")
    exponent = value.as_tuple().exponent
    # Python would take 1_2, which nobody means to write.
    if isinstance(raw, bool) or not isinstance(exponent, int) or "_" in str(raw):
        raise Refused(_("数量的数值应为数字，现为「{value}」").format(value=shown))
    if exponent < -MOST_DECIMALS or abs(value) > LARGEST:
        raise Refused(
            _("数量的数值最大 {limit}、最多 {decimals} 位小数，现为「{value}」").format(
                limit=plain(LARGEST), decimals=MOST_DECIMALS, value=shown
            )
        )
    return value


@dataclass(frozen=True)
class Total:
    """The sum of quantities of one unit, and what it leaves open.

    Attributes:
        value: the sum of all values given.
        inexact: how many of the summands are not exact.
        without_value: how many had words but no number, and so are not in the sum.
        qualifier: how the true sum stands to ``value``.
    """

    value: Decimal
    unit: str
    inexact: int
    without_value: int
    qualifier: str

    def __str__(self) -> str:
        """Return "≥1,400,000 元(含 1 项约数)"; items without a number are named too."""
        shown = _figure(self.value, self.qualifier, self.unit)
        remarks = []
        if self.inexact:
            remarks.append(_("含 {count} 项约数").format(count=self.inexact))
        if self.without_value:
            remarks.append(_("另 {count} 项无数字").format(count=self.without_value))
        return shown + (f"({_('，').join(remarks)})" if remarks else "")


def total(quantities: Iterable[Quantity], unit: str) -> Total:
    """Add up the quantities of ``unit``; those of another unit are left out by the caller's choice.

    The sum of "over" values is a lower bound and of "under" or "nearly" values an upper one;
    any mixture of the two is only about right.
    """
    value, without = Decimal(0), 0
    qualifiers: list[str] = []
    for quantity in quantities:
        if quantity.unit != unit:
            continue
        if quantity.value is None:
            without += 1
            continue
        value += quantity.value
        if quantity.qualifier != "exact":
            qualifiers.append(bound(quantity.qualifier))
    return Total(value, unit, len(qualifiers), without, joint_qualifier(qualifiers))


def bound(qualifier: str) -> str:
    """Return how a summand bounds its sum: nearly 30 is at most 30, as under 30 is."""
    return "under" if qualifier == "nearly" else qualifier


def joint_qualifier(inexact: Iterable[str]) -> str:
    """Return how a sum stands to the truth, from the bounds of those summands that have one."""
    kinds = set(inexact)
    return "exact" if not kinds else kinds.pop() if len(kinds) == 1 else "about"


def plain(number: Decimal) -> str:
    """Return a number with grouping commas left out and no trailing zeros: 12000, 0.5."""
    return format(number.normalize(), "f") if number else "0"


def _figure(value: Decimal, qualifier: str, unit: str) -> str:
    mark = {"over": "≥", "under": "≤", "about": _("约 "), "nearly": _("近 ")}.get(qualifier, "")
    whole = value == value.to_integral_value()
    figure = f"{int(value):,}" if whole else f"{value.normalize():,f}"
    return f"{mark}{figure} {unit}".rstrip()
