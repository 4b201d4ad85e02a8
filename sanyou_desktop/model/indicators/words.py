"""Values and changes as pages and documents say them; what is undefined is —, never 0."""

from __future__ import annotations

from decimal import Decimal

from sanyou_desktop.model.indicators.register import Indicator, Value
from sanyou_desktop.model.indicators.report import Change
from sanyou_desktop.model.quantity import Total, plain
from sanyou_desktop.wording import _

UNDEFINED = "—"


def value_words(indicator: Indicator, value: Value) -> str:
    """Return 1,204, 83.3%, 91.7, or a total with what it hides."""
    if value is None:
        return UNDEFINED
    if isinstance(value, Total):
        return str(value)
    if indicator.shape == "percent":
        return f"{value}%"
    return f"{value:,}"


def change_words(indicator: Indicator, change: Change | None) -> str:
    """Return ▲ 4（+50.0%）, ▼ 2.5 个百分点, 持平, or — where nothing can be compared."""
    if change is None:
        return UNDEFINED
    if not change.difference:
        return _("持平")
    mark = "▲" if change.difference > 0 else "▼"
    amount = abs(change.difference)
    if indicator.shape == "percent":
        return mark + " " + _("{amount} 个百分点").format(amount=plain(amount))
    words = f"{mark} {_grouped(amount)}"
    return words + ("" if change.rate is None else _("（{rate}%）").format(rate=f"{change.rate:+}"))


def change_tone(indicator: Indicator, change: Change | None) -> str:
    """Return "good" or "bad" where one direction is the better one, else ""."""
    if change is None or not change.difference or not indicator.better:
        return ""
    rises = change.difference > 0
    return "good" if rises == (indicator.better == "up") else "bad"


def _grouped(amount: Decimal) -> str:
    whole = amount == amount.to_integral_value()
    return f"{int(amount):,}" if whole else f"{amount.normalize():,f}"
