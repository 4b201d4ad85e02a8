"""The chain of the history: its hashes are what any other program would compute."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from contextlib import closing
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from sanyou_desktop.ledger.history import row_hash
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.pledge import Pledge
from sanyou_desktop.model.unit import Unit

NUMBER, TEXT = st.integers(0, 1 << 40), st.text(st.characters(exclude_categories=["Cs"]))


def hash_of(row: tuple[object, ...]) -> str:
    """Return the SHA-256 of a row as a compact JSON list."""
    text = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@given(NUMBER, TEXT, TEXT, NUMBER, TEXT, TEXT, TEXT, TEXT)
def test_a_hash_is_that_of_the_row_as_json(
    seq: int, kind: str, record: str, revision: int, at: str, action: str, content: str, before: str
) -> None:
    row = (seq, kind, record, revision, at, action, content, before)
    assert row_hash(*row) == hash_of(row)


def test_every_row_holds_its_hash_and_that_of_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "局.sytz"
    with Ledger.create(path, Unit(code="350300", name="莆田局")) as ledger:
        ledger.save(Pledge(unit="350300", title='引号"和\\和\n换行'))
    with closing(sqlite3.connect(path)) as conn:
        rows = conn.execute(
            "SELECT seq, kind, record_id, revision, at, action, content, previous, hash "
            "FROM history ORDER BY seq"
        ).fetchall()
    assert len(rows) == 2
    previous = ""
    for *row, found in rows:
        assert row[-1] == previous
        assert hash_of(tuple(row)) == found
        previous = found
