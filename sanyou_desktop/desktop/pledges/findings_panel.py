"""The problems that were raised against a pledge, those still open first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sanyou_desktop.desktop.forms.record_panel import RecordPanel, Related
from sanyou_desktop.desktop.lists.cells import status_of
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.finding import Finding
from sanyou_desktop.model.pledge import Pledge
from sanyou_desktop.model.record import Record
from sanyou_desktop.wording import _

_MOST = 20


class FindingsPanel(RecordPanel):
    """Each with its clause, its status and who mends it; of very many only the first."""

    _open = 0
    _closed = 0

    def look(self, ledger: Ledger, record: Record) -> Sequence[Related]:
        """Return the findings that refer to the pledge."""
        assert isinstance(record, Pledge)
        numbers = {clause.key: number for number, clause in enumerate(record.clauses, start=1)}
        found = [ledger.get(hit.id) for hit in ledger.referring(record.id) if hit.kind == "finding"]
        findings = [item for item in found if isinstance(item, Finding)]
        findings.sort(key=lambda item: (item.status == "closed", str(item.raised_on)))
        self._closed = sum(item.status == "closed" for item in findings)
        self._open = len(findings) - self._closed
        today = date.today()
        return [_line(item, numbers.get(item.clause), today) for item in findings[:_MOST]]

    def told(self, lines: Sequence[Related]) -> str:
        """Return how many are open."""
        return _("针对本承诺的问题：未销号 {open} 个，已销号 {closed} 个").format(
            open=self._open, closed=self._closed
        )


def _line(finding: Finding, clause: int | None, today: date) -> Related:
    values = {"status": finding.status, "due_on": finding.due_on}
    status = status_of("finding", values, today)
    parts = [_("第 {number} 条").format(number=clause)] if clause else []
    if finding.raised_on:
        parts.append(str(finding.raised_on))
    parts += [finding.person] if finding.person else []
    return Related(finding.id, finding.title, status.text, status.tone, " · ".join(parts))
