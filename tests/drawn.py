"""Hypothesis strategies: raw input for any declared field, and records of any kind.

To draw a new field type: a line in ``_RAW``.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date
from decimal import Decimal
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.fields import (
    Amount,
    Choice,
    Choices,
    Count,
    Date,
    Field,
    Flag,
    Identifier,
    Instant,
    Json,
    LongText,
    Names,
    Number,
    Reference,
    Rows,
    Text,
)
from sanyou_desktop.model.kinds import KINDS
from sanyou_desktop.model.problems import Invalid
from sanyou_desktop.model.record import Record

# Everything that UTF-8 can hold, and much of what offices write.
CHARACTERS = st.one_of(
    st.sampled_from("车辆接待承诺一二三〇《》、，。：（）%_'\"\\-=+@ 0123456789"),
    st.characters(exclude_categories=["Cs"]),
)
TEXTS = st.text(CHARACTERS, max_size=30)
FILLED = TEXTS.filter(lambda text: Text("").read(text) != "")
LONG_TEXTS = st.text(st.one_of(CHARACTERS, st.just("\n")), max_size=60)
DATES = st.one_of(
    st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31)).flatmap(
        lambda day: st.sampled_from(
            [str(day), f"{day:%Y-%m}", f"{day.year}", f"XXXX-{day:%m-%d}", f"{day:%Y.%m.%d}"]
        )
    ),
)
NUMBERS = st.decimals(0, 1000, places=2)
WORDS = st.sampled_from(["140多万元", "近30个", "十六项", "一大批", "12,000", "0.5", "约 3 万人次"])


def _choice(field: Any) -> st.SearchStrategy[Json]:
    return st.sampled_from(["", *(option.value for option in field.enum)])


def _choices(field: Any) -> st.SearchStrategy[Json]:
    return st.lists(st.sampled_from([option.value for option in field.enum])).map(list)


def _quantity(_field: Any) -> st.SearchStrategy[Json]:
    value = st.one_of(st.none(), st.decimals(-(10**15), 10**15, places=4).map(str))
    parts = {
        "value": value,
        "qualifier": st.sampled_from(["exact", "over", "about", "nearly", "under"]),
        "unit": TEXTS,
        "as_written": FILLED,
    }
    return st.one_of(WORDS, TEXTS, st.fixed_dictionaries(parts))


def _rows(field: Any) -> st.SearchStrategy[Json]:
    columns = {key: raw_of(column) for key, column in field.columns.items()}
    return st.lists(st.fixed_dictionaries({}, optional=columns), max_size=3)


_RAW: tuple[tuple[type[Field[Any]], Callable[[Any], st.SearchStrategy[Json]]], ...] = (
    (LongText, lambda _: LONG_TEXTS),
    (Text, lambda field: FILLED if field.required else TEXTS),
    (Choice, _choice),
    (Choices, _choices),
    (Flag, lambda _: st.booleans()),
    (Names, lambda _: st.lists(TEXTS, max_size=3).map(list)),
    (Number, lambda _: st.one_of(st.none(), NUMBERS.map(str))),
    (Count, lambda _: st.one_of(st.none(), st.integers(0, 10**12))),
    (Amount, _quantity),
    (Date, lambda _: st.one_of(st.none(), DATES)),
    (Instant, lambda _: st.datetimes(timezones=st.just(UTC)).map(lambda at: at.isoformat())),
    (Reference, lambda _: st.just("")),
    (Identifier, lambda _: st.uuids().map(str)),
    (Rows, _rows),
)


def raw_of(field: Field[Any]) -> st.SearchStrategy[Json]:
    """Return raw input that the field takes, but for what is too long for it."""
    for kind, strategy in _RAW:
        if isinstance(field, kind):
            return strategy(field)
    raise TypeError(f"nothing is drawn for {type(field).__name__}")


# Given by the ledger, or needing something in it.
_OURS = {"id", "unit", "number", "revision", "created_at", "updated_at", "deleted_at"}
_APART = _OURS | {"attachments"}


@st.composite
def records(draw: st.DrawFn, kind: str, unit: str = "350300") -> Record:
    """Draw a valid record of ``kind`` without id, number, revision, references or attachments."""
    fields = {key: raw_of(field) for key, field in KINDS[kind].fields.items() if key not in _APART}
    given = draw(st.fixed_dictionaries({}, optional=fields))
    given |= {
        key: draw(fields[key])
        for key, field in KINDS[kind].fields.items()
        if field.required and key not in given
    }
    try:
        return Draft.from_json(kind, given, unit=unit).accepted()
    except Invalid as invalid:
        # Leaving out what does not fit together wastes less than drawing everything anew.
        wrong = {found.field for found in invalid.problems} | {"status"}
        kept = {key: raw for key, raw in given.items() if key not in wrong or key == "title"}
        kept |= draw(_needed(kind))
    try:
        return Draft.from_json(kind, kept, unit=unit).accepted()
    except Invalid:
        assume(False)
        raise


@st.composite
def _needed(draw: st.DrawFn, kind: str) -> dict[str, Json]:
    """Draw what a record of ``kind`` cannot be without: one day for all its days, a row."""
    day = str(draw(st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31))))
    found: dict[str, Json] = {}
    for key, field in KINDS[kind].fields.items():
        if isinstance(field, Date) and field.required:
            found[key] = day
        elif isinstance(field, Rows) and field.required:
            texts = [name for name, column in field.columns.items() if isinstance(column, Text)]
            found[key] = [dict.fromkeys(texts, "甲")]
    return found


def amounts() -> st.SearchStrategy[Decimal]:
    """Draw values that quantities can have."""
    return st.decimals(0, 10**9, places=2)
