"""What became of a summary document: told to the operator, and to whoever keeps the log."""

from __future__ import annotations

from dataclasses import dataclass

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


@dataclass(frozen=True)
class Looked:
    """A document to be looked at before it is written."""

    pdf: bytes
    remarks: tuple[str, ...]
