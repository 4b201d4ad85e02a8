"""The register of record kinds. Schema, forms, lists, search and workbooks are made from it.

To add a field to a kind: add one line to the kind's file, run the tests, and do what the failing
ones print: a migration to paste, the form to place it in. To add a kind: a file beside
``pledge.py`` and a line in ``KINDS``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from types import MappingProxyType
from typing import Any

from sanyou_desktop.model.fields import Choice, Field, Json, Option, fields_of
from sanyou_desktop.model.fields.declaration import slots_of
from sanyou_desktop.model.record import Record
from sanyou_desktop.wording import N_

# What reading a value raises that no version of the program can have written.
UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, ArithmeticError)


@dataclass(frozen=True)
class Kind:
    """A kind of record: its key, what it is called, and where the dataclass is that declares it.

    Attributes:
        key: the fixed key, e.g. ``pledge``.
        title: what it is called (``N_``).
        declared: module and class, ``sanyou_desktop.model.pledge:Pledge``. They are imported when
            they are first needed: the window starts with a list of one kind.
    """

    key: str
    title: str
    declared: str

    @cached_property
    def record(self) -> type[Record]:
        """The dataclass that declares its fields."""
        module, _colon, name = self.declared.partition(":")
        found: type[Record] = getattr(import_module(module), name)
        return found

    @property
    def fields(self) -> Mapping[str, Field[Any]]:
        """Every field by JSON key, in the order of the declaration."""
        return fields_of(self.record)

    @cached_property
    def statuses(self) -> tuple[Option, ...]:
        """The statuses a record of this kind may have."""
        status = fields_of(self.record)["status"]
        return status.enum if isinstance(status, Choice) else ()

    def kept(self, written: Mapping[str, Json]) -> Record:
        """Return the record that ``Record.to_json`` made ``written`` from.

        Fields that are missing, because they were added since, are empty in it.

        Raises:
            one of ``UNREADABLE``: no version of the program can have written it.
        """
        values = {}
        for slot in slots_of(self.record):
            value = written.get(slot.key)
            # Most are blank, of very many records.
            is_blank = value is None or value == slot.blank
            values[slot.attribute] = slot.empty if is_blank else slot.field.kept(value)
        return self.record(**values)


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        kind.key: kind
        for kind in (
            Kind("pledge", N_("承诺"), "sanyou_desktop.model.pledge:Pledge"),
            Kind("rule", N_("制度"), "sanyou_desktop.model.rule:Rule"),
            Kind("inspection", N_("检查"), "sanyou_desktop.model.inspection:Inspection"),
            Kind("finding", N_("问题整改"), "sanyou_desktop.model.finding:Finding"),
            Kind("survey", N_("满意度"), "sanyou_desktop.model.survey:Survey"),
            Kind("activity", N_("活动"), "sanyou_desktop.model.activity:Activity"),
            Kind("scheme", N_("清单"), "sanyou_desktop.model.scheme:Scheme"),
            Kind("plan", N_("检查计划"), "sanyou_desktop.model.plan:Plan"),
            Kind("unit", N_("单位"), "sanyou_desktop.model.unit:Unit"),
            Kind("round", N_("活动轮次"), "sanyou_desktop.model.campaign_round:CampaignRound"),
            Kind("request", N_("报送任务"), "sanyou_desktop.model.report_request:ReportRequest"),
            Kind("submission", N_("上报登记"), "sanyou_desktop.model.submission:Submission"),
        )
    }
)
# The kinds that a unit reports; the others serve them, frame them, or say what was handed in.
REPORTED = ("pledge", "rule", "inspection", "finding", "survey", "activity")


def kind_of(key: str) -> Kind:
    """Return the kind with that key.

    Raises:
        KeyError: there is none.
    """
    return KINDS[key]
