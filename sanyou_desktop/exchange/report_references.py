"""What stands in a table for a reference: number and title of the record that it leads to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.query import IS_CONFIDENTIAL, Query
from sanyou_desktop.model.fields import Reference
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.wording import N_, _

# Stands in place of a name that may not leave.
UNNAMED = N_("（未导出的记录）")
_MOST_KEPT = 4096
# More than a ledger holds.
_ALL = 10**9


class ReferenceTitles(Mapping[str, str]):
    """Number and title by id, of everything that records of a kind refer to, looked up when asked.

    A confidential record is not named: its title would leave by the record that refers to it. One
    in the recycle bin is not either: with a superior it may lie there because its unit marked it.
    """

    def __init__(self, ledger: Ledger, kind: str) -> None:
        """Look up nothing yet: a kind may refer to a hundred thousand records."""
        self._ledger = ledger
        self._kind = kind
        fields = kind_of(kind).fields.items()
        self._fields = {key: field for key, field in fields if isinstance(field, Reference)}
        self._kept: dict[str, str] = {}

    def __getitem__(self, record_id: str) -> str:
        """Return number and title.

        Raises:
            KeyError: there is no such record.
        """
        if record_id not in self._kept:
            if len(self._kept) == _MOST_KEPT:
                self._kept.clear()
            _kind, number, title = self._ledger.titles([record_id])[record_id]
            told = f"{number} {title}"
            self._kept[record_id] = _(UNNAMED) if record_id in self._withheld else told
        return self._kept[record_id]

    def __iter__(self) -> Iterator[str]:
        """Yield the ids that are referred to and known."""
        used = (self._ledger.distinct(self._kind, key, _ALL) for key in self._fields)
        yield from self._ledger.titles({one for ids in used for one in ids})

    def __len__(self) -> int:
        """Return how many they are."""
        return sum(1 for _id in self)

    @cached_property
    def _withheld(self) -> frozenset[str]:
        kinds = {kind for field in self._fields.values() for kind in field.kinds}
        withheld = (Query(filters=(IS_CONFIDENTIAL,)), Query(deleted=True))
        return frozenset(
            one for kind in kinds for query in withheld for one in self._ledger.ids(kind, query)
        )
