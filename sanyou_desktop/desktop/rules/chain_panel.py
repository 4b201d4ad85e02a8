"""The versions of a rule in its form, oldest first; a click goes to another."""

from __future__ import annotations

from collections.abc import Sequence

from sanyou_desktop.desktop.forms.record_panel import RecordPanel, Related
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.rule_chain import RuleVersion
from sanyou_desktop.model.record import Record
from sanyou_desktop.model.rule import RULE_STATUSES
from sanyou_desktop.wording import _

_OPTIONS = {option.value: option for option in RULE_STATUSES}


class ChainPanel(RecordPanel):
    """Shown as soon as the rule replaces another or is replaced."""

    def look(self, ledger: Ledger, record: Record) -> Sequence[Related]:
        """Return the chain; nothing for a rule that stands alone."""
        versions = ledger.rule_chain(record.id)
        if len(versions) < 2:
            return []
        return [_line(version, record.id) for version in versions]

    def told(self, lines: Sequence[Related]) -> str:
        """Return how many versions there are."""
        return _("版本沿革（共 {count} 版，由旧到新）").format(count=len(lines))


def _line(version: RuleVersion, shown: str) -> Related:
    option = _OPTIONS.get(version.status)
    dates = (
        (_("{date} 施行"), version.effective_on),
        (_("{date} 废止"), version.repealed_on),
    )
    parts = [
        _("版次 {version}").format(version=version.version) if version.version else "",
        version.doc_number,
        *(words.format(date=date) for words, date in dates if date),
    ]
    return Related(
        "" if version.id == shown else version.id,
        version.title,
        _(option.title) if option else version.status,
        option.tone if option else "",
        " · ".join(filter(None, parts)),
    )
