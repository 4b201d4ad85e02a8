"""What a form is answered with: the unit's own facts, and what a record says for a source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sanyou_desktop.exchange.columns import cell_of
from sanyou_desktop.exchange.own_form.computed import COMPUTES, computed_cell, in_unit, part_cell
from sanyou_desktop.exchange.own_form.labelled import CONTACT, PERIOD, PHONE, TODAY
from sanyou_desktop.exchange.own_form.layout import UNIT_CODE, UNIT_NAME
from sanyou_desktop.exchange.sheet import CellValue
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.fields import Amount
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.model.record import Record


@dataclass(frozen=True)
class Answers:
    """What the cells beside the table and the unit's columns are filled with.

    Attributes:
        unit_names: names by code.
        unit: the code of the unit that fills the form.
        period: what it covers, in words.
        today: the day of filling.
        references: number and title by id of what records refer to.
        contact, phone: whom the unit names for questions, "" where it names nobody.
    """

    unit_names: Mapping[str, str]
    unit: str
    period: str
    today: date
    references: Mapping[str, str]
    contact: str = ""
    phone: str = ""

    def texts(self) -> dict[str, str]:
        """Return the texts for labelled cells, "" for what is not known."""
        return {
            UNIT_NAME: self.unit_names.get(self.unit, self.unit),
            UNIT_CODE: self.unit,
            PERIOD: self.period,
            TODAY: PartialDate.of(self.today).in_words(),
            CONTACT: self.contact,
            PHONE: self.phone,
        }

    def of_record(self, record: Record, source: str, unit: str) -> CellValue:
        """Return what a record fills a cell with; sums as ``unit`` (万元) counts them."""
        if source == UNIT_NAME:
            return self.unit_names.get(record.unit, record.unit)
        if source == UNIT_CODE:
            return record.unit
        if source.startswith("#"):
            return self.texts().get(source) or None
        if source.startswith(COMPUTES):
            return computed_cell(record, source, unit)
        if "." in source:
            return part_cell(record, source, self.references)
        value = cell_of(record, source, self.references)
        return in_unit(kind_of(record.kind).fields[source], value, unit)


def is_vague(record: Record, source: str, value: CellValue) -> bool:
    """Tell a sum that stands in its cell as words, not as a number."""
    declared = kind_of(record.kind).fields.get(source)
    return isinstance(declared, Amount) and isinstance(value, str)
