"""What an operation changed, so that each view can tell whether it must look again."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Changes:
    """The records that one committed user action touched.

    Attributes:
        kind: the record kind's key; "" when several kinds or the whole ledger changed.
        ids: the records touched; empty means any record of ``kind``.
        undo: what 撤销 would take back, as a short phrase (修改承诺); "" if it cannot be undone.
        token: handed back to the ledger to undo this very action; 0 if it cannot be undone.
    """

    kind: str = ""
    ids: frozenset[str] = field(default_factory=frozenset)
    undo: str = ""
    token: int = 0

    def touches(self, kind: str, record_id: str = "") -> bool:
        """Tell whether records of ``kind`` (or that one record) may have changed."""
        if self.kind not in ("", kind):
            return False
        return not record_id or not self.ids or record_id in self.ids
