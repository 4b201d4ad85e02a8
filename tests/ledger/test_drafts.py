"""What was typed and not saved is there again after a crash."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.fields import Json
from sanyou_desktop.model.unit import Unit


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.create(tmp_path / "台账.sanyou", Unit(code="350300", name="莆田市")) as ledger:
        yield ledger


def test_a_draft_comes_back_as_it_was_typed(ledger: Ledger) -> None:
    typed: dict[str, Json] = {
        "title": "半句\n话 😀",
        "rows": [{"a": "2026-02-30"}],
        "half": "\ud83d",
        "flag": True,
    }
    ledger.drafts.keep("form-1", "pledge", "id", 3, typed)
    with Ledger.open(ledger.path, read_only=True) as later:
        (draft,) = later.drafts.all()
    assert draft.raw == typed
    assert (draft.key, draft.kind, draft.record_id, draft.base_revision) == (
        "form-1",
        "pledge",
        "id",
        3,
    )
    assert draft.at.endswith("Z")


def test_keeping_again_replaces_and_dropping_forgets(ledger: Ledger) -> None:
    ledger.drafts.keep("a", "pledge", "", 0, {"title": "一"})
    ledger.drafts.keep("b", "rule", "", 0, {"title": "二"})
    ledger.drafts.keep("a", "pledge", "", 0, {"title": "三"})
    assert {draft.key: draft.raw["title"] for draft in ledger.drafts.all()} == {
        "a": "三",
        "b": "二",
    }
    ledger.drafts.drop("a")
    ledger.drafts.drop("not there")
    assert [draft.key for draft in ledger.drafts.all()] == ["b"]
