"""Within how many days a finding counts as repeated: one choice for a ledger, kept in it.

Whoever counts repeats asks here, so that the form, the indicators, the command and the documents
tell the same number.
"""

from __future__ import annotations

from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.repeats import REPEAT_CHOICES, REPEAT_DAYS

_SETTING = "finding/repeats_within_days"


def repeat_days_of(ledger: Ledger) -> int:
    """Return the days that were chosen; ``REPEAT_DAYS`` if none were, or none that is offered."""
    kept = ledger.setting(_SETTING)
    return int(kept) if kept in map(str, REPEAT_CHOICES) else REPEAT_DAYS


def keep_repeat_days(ledger: Ledger, days: int) -> None:
    """Keep a choice, one of ``REPEAT_CHOICES``.

    Raises:
        LedgerReadOnly: nothing is kept.
    """
    ledger.keep_setting(_SETTING, str(days))
