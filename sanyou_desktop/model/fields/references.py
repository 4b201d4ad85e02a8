"""Identifiers and references from one record to another."""

from __future__ import annotations

from dataclasses import dataclass

from sanyou_desktop.model.fields.base import Field, Json, wrong_type
from sanyou_desktop.wording import _


@dataclass(frozen=True, eq=False, repr=False)
class Identifier(Field[str]):
    """A record's own id, a UUID in lower-case canonical form (RFC 9562)."""

    read_only: bool = True

    @property
    def empty(self) -> str:
        """Not yet given."""
        return ""

    def parse(self, raw: Json) -> str:
        """Return the canonical form."""
        # Not needed to start, and start-up is measured.
        from uuid import UUID

        if not isinstance(raw, str):
            raise wrong_type(_("记录标识"), raw)
        try:
            return str(UUID(raw.strip()))
        except ValueError as error:
            raise wrong_type(_("记录标识"), raw) from error

    def write(self, value: str) -> Json:
        """Return the text."""
        return value

    def _kept(self, written: Json) -> str:
        return str(written)


@dataclass(frozen=True, eq=False, repr=False)
class Reference(Identifier):
    """The id of a record of one of ``kinds``; that it exists is checked by the ledger."""

    kinds: tuple[str, ...] = ()
    read_only: bool = False

    def write(self, value: str) -> Json:
        """Return the id, None if there is no reference."""
        return value or None
