"""Laws of ``add``: whatever is typed, it is kept as it was read or refused in one line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sanyou_desktop.model.kinds import KINDS
from tests.cli.conftest import Within
from tests.cli.run import line

ANYTHING = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
    max_examples=60,
)
TEXT = st.text(st.characters(), max_size=40)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)
KEYS = sorted({key for kind in KINDS.values() for key in kind.fields})


@ANYTHING
@given(
    st.sampled_from(list(KINDS)),
    st.dictionaries(st.sampled_from(KEYS) | TEXT, VALUES, max_size=6),
)
@example("pledge", {"title": "甲", "attachments": [{"name": "a", "sha256": "0" * 64}]})
@example("finding", {"title": "甲", "inspection": "0190a000-0000-7000-8000-000000000000"})
@example("inspection", {"title": "甲", "items": [{"key": "a"}, {"key": "a"}]})
@example("pledge", {"title": "甲", "deleted_at": "9999-12-31T23:59:59-23:59"})
@example("pledge", {"title": "甲", "revision": 10**11})
@example("pledge", {"title": "甲", "number": "CN-2026-999999999999999999999999"})
def test_any_object_is_kept_or_refused_in_one_line(
    within: Within, ledger: Path, kind: str, given: dict[str, object]
) -> None:
    done = within("add", ledger, kind, given=json.dumps(given) + "\n")
    if done.status == 0:
        assert len(done.lines()) == 1
        assert done.err == ""
    else:
        assert done.out == ""
        assert done.refused().startswith("第 1 行：")
    assert within("verify", ledger).lines() == []


@ANYTHING
@given(st.binary(max_size=60))
def test_any_bytes_are_refused_in_one_line(within: Within, ledger: Path, typed: bytes) -> None:
    done = within("add", ledger, "pledge", given=typed)
    if done.status:
        assert done.refused().startswith("第 ")
    else:
        assert done.lines() == []


@ANYTHING
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=80))
def test_text_comes_back_as_it_was_typed(within: Within, ledger: Path, text: str) -> None:
    wanted = f"甲{text}乙".replace("\u2028", " ").replace("\u2029", " ")
    kept = wanted.replace("\ufffe", "").replace("\uffff", "")
    done = within("add", ledger, "pledge", given=line(title="一", statement=wanted))
    assert done.status == 0
    found = {r["id"]: r["statement"] for r in within("list", ledger, "pledge").records()}
    assert found[done.lines()[0]] == kept


def test_a_file_without_permission_to_write_is_read_but_not_added_to(
    within: Within, ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Instead of chmod, which does not bind every user that tests run as.
    monkeypatch.setattr("sanyou_desktop.ledger.opening.os.access", lambda *_given: False)
    told = within("add", ledger, "pledge", given=line(title="甲")).refused()
    assert told.startswith("没有添加任何记录。文件没有写入权限")
    assert within("list", ledger, "unit").status == 0
