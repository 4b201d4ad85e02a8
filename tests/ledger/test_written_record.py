"""A record read straight from its JSON is written as the record that the JSON stands for."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanyou_desktop.exchange.register import json_of
from sanyou_desktop.ledger import prepared as preparing
from sanyou_desktop.ledger.prepared import Prepared, prepared, prepared_of_text
from sanyou_desktop.ledger.written_record import read_written
from sanyou_desktop.model.kinds import KINDS, REPORTED, UNREADABLE, kind_of
from sanyou_desktop.model.record import Record
from tests import drawn

AT = "2026-11-28T08:00:00.000Z"
ID = "01900000-0000-7000-8000-000000000001"
KIND = st.sampled_from(sorted(KINDS))
# What a value, or a key, of a text that no program of ours wrote may be.
FORGED = st.sampled_from(
    [
        "null", '""', "[]", "{}", "5", "-1", "1e3", "5.0", "true", "NaN", "99999999999999999999",
        '"\\ud800"', '"2026-02-30"', '"x","title":"y"', ' "x" ', '"a\\u0041"', "[1]", '["a","b"]',
        '[{"key":"k"}]', '{"value":1,"unit":"元"}', '"', "",
        '"x"}', '5,"unit":"B"', '"x\ty"', "[[]]",
    ]
)  # fmt: skip


def slowly(kind: str, text: str, record_id: str) -> Prepared | None:
    """Return what comes of a text by way of its record."""
    try:
        written = json.loads(text)
        if written["id"] != record_id:
            return None
        record = kind_of(kind).kept(written | {"revision": 1, "updated_at": AT})
        return prepared(record, AT)
    except (*UNREADABLE, RecursionError):
        return None


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_what_a_program_wrote_becomes_what_its_record_does(data: st.DataObject) -> None:
    kind = data.draw(KIND)
    record: Record = data.draw(drawn.records(kind))
    text = json_of(record)
    found = read_written(kind_of(kind), text, AT)
    assert found is not None
    assert found.record == kind_of(kind).kept(
        json.loads(text) | {"revision": 1, "updated_at": AT, "created_at": record.created_at or AT}
    )
    assert prepared_of_text(kind, record.id, text, AT) == slowly(kind, text, record.id)


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_what_no_program_wrote_becomes_what_its_record_does_or_nothing(
    data: st.DataObject,
) -> None:
    kind = data.draw(st.sampled_from(REPORTED))
    content: dict[str, Any] = json.loads(json_of(kind_of(kind).record()))
    content |= {"id": ID, "unit": "350783", "number": "N-1", "title": "一"}
    parts = {key: json.dumps(value, ensure_ascii=False) for key, value in content.items()}
    for key in data.draw(st.lists(st.sampled_from(list(parts)), max_size=3)):
        parts[key] = data.draw(FORGED)
    if data.draw(st.booleans()):
        parts[data.draw(st.sampled_from(["more", "a\\u0041"]))] = data.draw(FORGED)
    pairs = [f'"{key}":{text}' for key, text in parts.items()]
    if data.draw(st.booleans()):
        pairs.insert(0, pairs.pop())
    text = "{" + ",".join(pairs) + "}"
    assert prepared_of_text(kind, ID, text, AT) == slowly(kind, text, ID)


def test_a_text_as_programs_write_it_is_read_straight(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_given: object) -> None:
        raise AssertionError("by way of its record")

    content = json.loads(json_of(kind_of("pledge").record()))
    text = json.dumps(content | {"id": ID, "number": "N-1", "title": "一"}, separators=(",", ":"))
    monkeypatch.setattr(preparing, "prepared", refused)
    found = prepared_of_text("pledge", ID, text, AT)
    assert found is not None
    assert found.title == "一"


def test_a_field_of_which_very_many_values_are_met_keeps_the_latest_few() -> None:
    kind = kind_of("pledge")
    content = json.loads(json_of(kind.record()))
    for number in range(2000):
        text = json.dumps(content | {"number": f"N-{number}"}, separators=(",", ":"))
        found = read_written(kind, text, AT)
        assert found is not None
        assert found.record.number == f"N-{number}"
