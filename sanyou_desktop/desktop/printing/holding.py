"""Which records a paper shows: what the log of the ledger keeps when it is printed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sanyou_desktop.ledger.exports import Outgoing
from sanyou_desktop.model.record import Record


@dataclass(frozen=True)
class Holding:
    """The records on a paper.

    Attributes:
        what: names the paper whenever it is printed, such as ``list:pledge``; two prints of the
            same paper to the same place are compared.
        revisions: the records, revision by id.
        confidential: how many of them have a mark of secrecy.
    """

    what: str = ""
    revisions: Mapping[str, int] = field(default_factory=dict)
    confidential: int = 0

    @classmethod
    def of(cls, what: str, records: Iterable[Record]) -> Holding:
        """Return what a paper about these records holds; each counts once."""
        every = {record.id: record for record in records}
        return cls(
            what,
            {record.id: record.revision for record in every.values()},
            sum(bool(record.confidential) for record in every.values()),
        )

    def outgoing(self, title: str, target: str, result: str) -> Outgoing:
        """Return the line for the log; ``target`` is the printer or the file."""
        made = Outgoing("print", target, {"what": self.what, "title": title}, result)
        made.confidential = self.confidential
        for record_id, revision in self.revisions.items():
            made.add(record_id, revision)
        return made
