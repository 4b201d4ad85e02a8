"""The register of record kinds. Schema, forms, lists, search and workbooks are made from it.

To add a field to a kind: add one line to the kind's file, run the tests, and do what the failing
ones print: a migration to paste, the form to place it in. To add a kind: a file beside
``pledge.py`` and a line in ``KINDS``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any

from sanyou_desktop.model.activity import Activity
from sanyou_desktop.model.campaign_round import CampaignRound
from sanyou_desktop.model.fields import Choice, Field, Option, fields_of
from sanyou_desktop.model.finding import Finding
from sanyou_desktop.model.inspection import Inspection
from sanyou_desktop.model.pledge import Pledge
from sanyou_desktop.model.record import Record
from sanyou_desktop.model.rule import Rule
from sanyou_desktop.model.survey import Survey
from sanyou_desktop.model.unit import Unit
from sanyou_desktop.wording import N_


@dataclass(frozen=True)
class Kind:
    """A kind of record: its key, what it is called, and the dataclass that declares it."""

    record: type[Record]
    title: str

    @property
    def key(self) -> str:
        """The fixed key, e.g. ``pledge``."""
        return self.record.kind

    @property
    def fields(self) -> Mapping[str, Field[Any]]:
        """Every field by JSON key, in the order of the declaration."""
        return fields_of(self.record)

    @cached_property
    def statuses(self) -> tuple[Option, ...]:
        """The statuses a record of this kind may have."""
        status = fields_of(self.record)["status"]
        return status.enum if isinstance(status, Choice) else ()


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        kind.key: kind
        for kind in (
            Kind(Pledge, N_("承诺")),
            Kind(Rule, N_("制度")),
            Kind(Inspection, N_("检查")),
            Kind(Finding, N_("问题整改")),
            Kind(Survey, N_("满意度")),
            Kind(Activity, N_("活动")),
            Kind(Unit, N_("单位")),
            Kind(CampaignRound, N_("活动轮次")),
        )
    }
)
# The kinds that a unit reports; units and rounds frame them.
REPORTED = ("pledge", "rule", "inspection", "finding", "survey", "activity")


def kind_of(key: str) -> Kind:
    """Return the kind with that key.

    Raises:
        KeyError: there is none.
    """
    return KINDS[key]
