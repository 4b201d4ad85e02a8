"""Hypothesis strategies: what two sides make of one record, each by its own edits."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from sanyou_desktop.model.fields import Json, Rows
from sanyou_desktop.model.identity import new_id
from sanyou_desktop.model.kinds import KINDS, kind_of
from sanyou_desktop.model.merging import APART
from sanyou_desktop.model.record import Record
from tests.drawn import records

Content = dict[str, Json]


@st.composite
def _edited(draw: st.DrawFn, record: Record, like: Record, keys: list[str]) -> Record:
    """Draw what one side makes of ``record``: fields of ``like``, rows added, moved, dropped."""
    written, other = record.to_json(), like.to_json()
    for key in draw(st.lists(st.sampled_from(keys), min_size=1, max_size=4, unique=True)):
        field = kind_of(record.kind).fields[key]
        if isinstance(field, Rows):
            written[key] = draw(_rows(written[key], other[key], list(field.columns)))
        else:
            written[key] = other[key]
    made = kind_of(record.kind).kept(written).completed()
    assume(not list(made.problems()))
    return made


@st.composite
def _rows(draw: st.DrawFn, rows: Any, other: Any, columns: list[str]) -> Any:
    found: list[Any] = [dict(row) for row in draw(st.permutations(rows))]
    found = found[: draw(st.integers(0, len(found)))]
    for row in other:
        if draw(st.booleans()) and found:
            column = draw(st.sampled_from(columns))
            found[draw(st.integers(0, len(found) - 1))][column] = row[column]
        elif row["key"] not in [one["key"] for one in found]:
            found.insert(draw(st.integers(0, len(found))), row)
    return found


@st.composite
def sides(draw: st.DrawFn, kind: str = "") -> tuple[Record, Record, Record]:
    """Draw a base and what two sides made of it; one record, so one id.

    Both sides edit among a few fields, or they would hardly ever meet.
    """
    chosen = kind or draw(st.sampled_from(sorted(KINDS)))
    base, one, other = (draw(records(chosen)) for _side in range(3))
    base = replace(base, id=new_id(), number="X-1", revision=1)
    known = [base.to_json(), one.to_json(), other.to_json()]
    # Where one of them has something to say.
    telling = [key for key in known[0] if any(side[key] != known[0][key] for side in known[1:])]
    keys = [key for key in telling if key not in APART] or ["notes"]
    few = draw(st.lists(st.sampled_from(keys), min_size=1, max_size=4, unique=True))
    return base, draw(_edited(base, one, few)), draw(_edited(base, other, few))


def content(record: Record) -> Content:
    """Return what merging compares, rows by key instead of in order."""
    fields = kind_of(record.kind).fields
    return {
        key: _unordered(value) if isinstance(fields[key], Rows) else value
        for key, value in record.to_json().items()
        if key not in APART
    }


def _unordered(rows: Any) -> Json:
    return sorted(rows, key=lambda row: str(row["key"]))
