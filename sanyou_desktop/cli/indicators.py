"""What the command ``indicators`` prints: numbers only, no text of any record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from sanyou_desktop.ledger.counting.sums import Scope
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.repeat_window import repeat_days_of
from sanyou_desktop.model.indicators.as_json import as_json
from sanyou_desktop.model.indicators.report import readings
from sanyou_desktop.model.indicators.tallies import Tallies
from sanyou_desktop.model.periods import Period
from sanyou_desktop.model.record import THEMES
from sanyou_desktop.wording import _


def indicators_json(ledger: Ledger, first: str, last: str, by: str) -> dict[str, Any]:
    """Return the indicators of the days from ``first`` to ``last`` (EDTF, "" open).

    With ``by`` "unit" or "theme", also those of each; a record of two themes counts in both,
    and what carries none stands under "".
    """
    today = date.today()
    period = Period.between(first, last)
    asked = [found for found in (period, period.before(), period.year_before()) if found]
    scope = Scope(repeat_days=repeat_days_of(ledger))
    found: dict[str, Any] = {
        "from": period.first and period.first.isoformat(),
        "to": period.last and period.last.isoformat(),
        "as_of": min(period.last or today, today).isoformat(),
        "before": _span(period.before()),
        "year_before": _span(period.year_before()),
        "repeat_days": scope.repeat_days,
        "indicators": _read(ledger.tallies(asked, today, scope)[""], period),
    }
    if by:
        groups = ledger.tallies(asked, today, replace(scope, by=by))
        names = ledger.unit_names(groups) if by == "unit" else _theme_names()
        found["by"] = by
        found["groups"] = [
            {by: key, "name": names.get(key, key), "indicators": _read(groups[key], period)}
            for key in sorted(groups)
        ]
    return found


def _read(tallies: tuple[Tallies, ...], period: Period) -> dict[str, Any]:
    rest = list(tallies[1:])
    before = rest.pop(0) if period.before() else None
    year_before = rest.pop(0) if period.year_before() else None
    return as_json(readings(tallies[0], before, year_before))


def _span(period: Period | None) -> dict[str, str] | None:
    if period is None:
        return None
    return {"from": str(period.first), "to": str(period.last)}


def _theme_names() -> dict[str, str]:
    return {theme.value: _(theme.title) for theme in THEMES} | {"": _("未标活动内容")}
