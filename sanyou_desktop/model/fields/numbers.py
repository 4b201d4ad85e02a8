"""Counts, decimal numbers, quantities and money."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from unicodedata import normalize

from sanyou_desktop.model.fields.base import Field, Json, Refused, wrong_type
from sanyou_desktop.model.fields.text import Text
from sanyou_desktop.model.quantity import LARGEST, Quantity, plain, quantity_value
from sanyou_desktop.model.quantity_words import parse_quantity
from sanyou_desktop.wording import _

_LARGEST = int(LARGEST)
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")


@dataclass(frozen=True, eq=False, repr=False)
class Number(Field["Decimal | None"]):
    """A decimal number such as a score; None when nothing is known, never 0 in its place."""

    minimum: Decimal | None = None
    maximum: Decimal | None = None

    @property
    def empty(self) -> Decimal | None:
        """Not known."""
        return None

    def parse(self, raw: Json) -> Decimal | None:
        """Return the number, from JSON or typed text (full-width digits and 12,000 too)."""
        number = decimal_of(raw)
        if Decimal(repr(float(number))) != number:
            raise Refused(_("数字的位数过多，最多 15 位有效数字"))
        low, high = self.minimum, self.maximum
        if low is not None and number < low:
            raise Refused(_("不能小于 {limit}").format(limit=plain(low)))
        if high is not None and number > high:
            raise Refused(_("不能大于 {limit}").format(limit=plain(high)))
        return number

    def write(self, value: Decimal | None) -> Json:
        """Return a JSON number: whole numbers without a fraction."""
        if value is None:
            return None
        return int(value) if value == value.to_integral_value() else float(value)

    def _kept(self, written: Json) -> Decimal | None:
        return decimal_of(written)

    def typed(self, value: Decimal | None) -> Json:
        """Return the number as typed, without a trailing .0."""
        return self.show(value)

    def show(self, value: Decimal | None) -> str:
        """Return the number with no more digits than it has."""
        return "" if value is None else plain(value)


@dataclass(frozen=True, eq=False, repr=False)
class Count(Field["int | None"]):
    """A whole number from 0 on; None when nothing is known."""

    minimum: int = 0
    maximum: int = 10**12

    @property
    def empty(self) -> int | None:
        """Not known."""
        return None

    def parse(self, raw: Json) -> int | None:
        """Return the whole number, from JSON or typed text."""
        number = decimal_of(raw)
        if number != number.to_integral_value():
            raise Refused(_("应为整数，现为「{value}」").format(value=str(raw)[:40]))
        if not self.minimum <= number <= self.maximum:
            raise Refused(
                _("应在 {low} 到 {high} 之间").format(low=self.minimum, high=self.maximum)
            )
        return int(number)

    def write(self, value: int | None) -> Json:
        """Return the JSON number."""
        return value

    def _kept(self, written: Json) -> int | None:
        # As they nearly all are; True is an int too, and no number.
        if type(written) is int and -LARGEST <= written <= LARGEST:
            return written
        return int(decimal_of(written))

    def typed(self, value: int | None) -> Json:
        """Return the digits as typed."""
        return "" if value is None else str(value)


@dataclass(frozen=True, eq=False, repr=False)
class Amount(Field["Quantity | None"]):
    """A quantity as reported: value, qualifier, unit and the words it was written in."""

    unit: str = ""

    @property
    def empty(self) -> Quantity | None:
        """Not known."""
        return None

    def parse(self, raw: Json) -> Quantity | None:
        """Return the quantity, from its JSON object, a number, or words such as 140多万元."""
        if isinstance(raw, dict):
            given = Quantity.from_json(raw, unit=self.unit)
            return given if given.as_written else None
        if isinstance(raw, str):
            text = Text(self.title).parse(raw)
            return parse_quantity(text, unit=self.unit) if text else None
        number = quantity_value(raw)
        return None if number is None else Quantity(number, "exact", self.unit, plain(number))

    def write(self, value: Quantity | None) -> Json:
        """Return the JSON object {value, qualifier, unit, as_written}."""
        return None if value is None else value.to_json()

    def _kept(self, written: Json) -> Quantity | None:
        if not isinstance(written, dict):
            raise wrong_type(_("数量"), written)
        return Quantity.kept(written)

    def typed(self, value: Quantity | None) -> Json:
        """Return the words it was written in; its JSON form if they would be read otherwise."""
        if value is None:
            return ""
        same = parse_quantity(value.as_written, unit=self.unit) == value
        return value.as_written if same else self.write(value)

    def show(self, value: Quantity | None) -> str:
        """Return the words it was written in."""
        return "" if value is None else value.as_written


@dataclass(frozen=True, eq=False, repr=False)
class Money(Amount):
    """A quantity of 元."""

    unit: str = "元"


def decimal_of(raw: Json) -> Decimal:
    """Return the number that ``raw`` holds.

    Raises:
        Refused: not a number, not finite, or beyond 10^15, where a sheet loses digits.
    """
    # As scores nearly all are, by the ten thousand.
    if type(raw) is int and -_LARGEST <= raw <= _LARGEST:
        return Decimal(raw)
    if isinstance(raw, bool) or not isinstance(raw, (str, int, float)):
        raise wrong_type(_("数字"), raw)
    text = normalize("NFKC", str(raw)).strip()
    # 1,2 is no way to write 12, nor is 1_2, which Python would take.
    if "_" in text or ("," in text and not _GROUPED.fullmatch(text)):
        raise wrong_type(_("数字"), raw)
    try:
        number = Decimal(text.replace(",", ""))
    except InvalidOperation as error:
        raise wrong_type(_("数字"), raw) from error
    if not number.is_finite():
        raise wrong_type(_("数字"), raw)
    if abs(number) > LARGEST:
        raise Refused(
            _("数字最大 {limit}，现为「{value}」").format(limit=plain(LARGEST), value=text[:40])
        )
    return number
