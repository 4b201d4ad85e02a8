"""The field types that record kinds are declared with, one type a file."""

from sanyou_desktop.model.fields.base import Fault, Field, Json, Refused
from sanyou_desktop.model.fields.choices import Choice, Choices, Flag, Option
from sanyou_desktop.model.fields.dates import Date, Instant, stamp
from sanyou_desktop.model.fields.declaration import fields_of
from sanyou_desktop.model.fields.names import Names, People
from sanyou_desktop.model.fields.numbers import Amount, Count, Money, Number
from sanyou_desktop.model.fields.references import Identifier, Reference
from sanyou_desktop.model.fields.rows import Row, Rows, is_blank, new_key
from sanyou_desktop.model.fields.text import LongText, Text, UnitCode

__all__ = [
    "Amount",
    "Choice",
    "Choices",
    "Count",
    "Date",
    "Fault",
    "Field",
    "Flag",
    "Identifier",
    "Instant",
    "Json",
    "LongText",
    "Money",
    "Names",
    "Number",
    "Option",
    "People",
    "Reference",
    "Refused",
    "Row",
    "Rows",
    "Text",
    "UnitCode",
    "fields_of",
    "is_blank",
    "new_key",
    "stamp",
]
