"""Indicators as JSON: what the command prints, for scripts. The keys are fixed."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from sanyou_desktop.model.indicators.register import Value
from sanyou_desktop.model.indicators.report import Change, Reading
from sanyou_desktop.model.quantity import Total, plain
from sanyou_desktop.wording import _


def as_json(found: Iterable[Reading]) -> dict[str, Any]:
    """Return the readings by key of the indicator; what is undefined is null."""
    return {
        reading.indicator.key: {
            "title": _(reading.indicator.title),
            "shape": reading.indicator.shape,
            "value": value_json(reading.value),
            "before": _change(reading.before),
            "year_before": _change(reading.year_before),
            "unclear": reading.unclear,
            "note": reading.note,
            "formula": _(reading.indicator.formula),
        }
        for reading in found
    }


def value_json(value: Value) -> Any:  # noqa: ANN401 - JSON
    """Return a number; money with what it hides, its value as a decimal string."""
    if value is None:
        return None
    if isinstance(value, Total):
        return {
            "value": plain(value.value),
            "qualifier": value.qualifier,
            "unit": value.unit,
            "inexact": value.inexact,
            "without_value": value.without_value,
            "text": str(value),
        }
    return _number(value)


def _number(value: Decimal | int) -> int | float:
    # A rate has one decimal place, which a float prints as it is.
    return int(value) if value == int(value) else float(value)


def _change(change: Change | None) -> dict[str, Any] | None:
    if change is None:
        return None
    return {
        "value": value_json(change.earlier),
        "difference": _number(change.difference),
        "percent": None if change.rate is None else _number(change.rate),
    }
