"""What became of a summary document: told to the operator, and to whoever keeps the log."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sanyou_desktop.ledger.exports import Outgoing
from sanyou_desktop.wording import _


@dataclass(frozen=True)
class Report:
    """A document that was written.

    Attributes:
        records: how many records speak in it.
        remarks: what the operator must know: fonts, what was left out, how it measures.
        sources: id and revision of every record that speaks in it.
    """

    records: int
    remarks: tuple[str, ...]
    sources: tuple[tuple[str, int], ...] = ()

    def __str__(self) -> str:
        """Return it in lines for the user."""
        told = _("写入 {count} 件记录。").format(count=self.records)
        return "\n".join((told, *self.remarks))

    def outgoing(self, path: Path, first: str, last: str) -> Outgoing:
        """Return what the log of the ledger is to say of it."""
        made = Outgoing("document", str(path.resolve()), {"first": first, "last": last}, str(self))
        for record, revision in self.sources:
            made.add(record, revision)
        return made


@dataclass(frozen=True)
class Looked:
    """A document to be looked at before it is written."""

    pdf: bytes
    remarks: tuple[str, ...]
