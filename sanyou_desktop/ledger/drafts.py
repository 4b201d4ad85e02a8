"""What was typed and not yet saved, kept so that a crash loses no more than two seconds of it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from sanyou_desktop.ledger.connection import atomic
from sanyou_desktop.ledger.errors import known_errors
from sanyou_desktop.model.fields import Json, stamp


@dataclass(frozen=True)
class KeptDraft:
    """Raw input of a form as it was last kept.

    Attributes:
        key: names the form, so that it can replace and drop its own draft.
        record_id: the record being changed; "" for a new one.
        base_revision: the revision it was opened at; 0 for a new one.
        raw: what the editors held, valid or not.
        at: when it was kept.
    """

    key: str
    kind: str
    record_id: str
    base_revision: int
    raw: dict[str, Json]
    at: str


class Drafts:
    """The drafts kept in one ledger."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        """Work on an open ledger."""
        self._conn = conn

    def keep(
        self, draft_key: str, kind: str, record_id: str, base_revision: int, raw: Mapping[str, Json]
    ) -> None:
        """Keep a draft, in place of what was kept under the same key.

        Raises:
            LedgerError: it cannot be written; the earlier draft stays.
        """
        # Escaped, because what is typed may hold half a surrogate pair, which UTF-8 does not.
        kept = json.dumps(dict(raw))
        with known_errors(), atomic(self._conn):
            self._conn.execute(
                "INSERT INTO draft (draft_key, kind, record_id, base_revision, raw, at) "
                "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET kind = excluded.kind, "
                "record_id = excluded.record_id, base_revision = excluded.base_revision, "
                "raw = excluded.raw, at = excluded.at",
                (draft_key, kind, record_id, base_revision, kept, stamp()),
            )

    def all(self) -> list[KeptDraft]:
        """Return every draft, the one kept last first."""
        with known_errors():
            rows = self._conn.execute(
                "SELECT draft_key, kind, record_id, base_revision, raw, at FROM draft "
                "ORDER BY at DESC, draft_key"
            ).fetchall()
        return [
            KeptDraft(key, kind, record_id, base, json.loads(raw), at)
            for key, kind, record_id, base, raw, at in rows
        ]

    def drop(self, draft_key: str) -> None:
        """Forget a draft; that there is none is fine."""
        with known_errors(), atomic(self._conn):
            self._conn.execute("DELETE FROM draft WHERE draft_key = ?", (draft_key,))
