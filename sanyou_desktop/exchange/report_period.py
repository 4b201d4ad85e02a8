"""The period that a report covers."""

from __future__ import annotations

from dataclasses import dataclass

from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.wording import _


@dataclass(frozen=True)
class ReportPeriod:
    """What the report covers: EDTF bounds, "" for open."""

    first: str
    last: str

    def in_words(self) -> str:
        """Return 2026年1月1日 至 2026年12月31日, 2026年, or 全部."""
        if not self.first and not self.last:
            return _("全部")
        ends = [
            PartialDate.parse(end).in_words() if end else "……" for end in (self.first, self.last)
        ]
        if self.first == self.last:
            return ends[0]
        return _("{first} 至 {last}").format(first=ends[0], last=ends[1])
