"""What the declared kinds want and the migrations do not yet make, as the code to add."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping

from sanyou_desktop.ledger.schema import declared_columns
from sanyou_desktop.model.kinds import Kind

_STORED = {str: "TEXT", int: "INTEGER", float: "REAL", bytes: "BLOB"}


def columns_of(conn: sqlite3.Connection, table: str) -> dict[str, str]:
    """Return the columns of a table and their types, in order; none if there is no table."""
    return {row[1]: row[2] for row in conn.execute(f'PRAGMA table_info("{table}")')}


def missing_columns(conn: sqlite3.Connection, kinds: Iterable[Kind]) -> dict[str, dict[str, type]]:
    """Return the columns that tables lack, by kind.

    Raises:
        AssertionError: a column has another type than its field is kept in, which no migration
            that only adds can mend.
    """
    missing: dict[str, dict[str, type]] = {}
    for kind in kinds:
        found = columns_of(conn, kind.key)
        for key, kept_as in declared_columns(kind).items():
            if key not in found:
                missing.setdefault(kind.key, {})[key] = kept_as
            else:
                assert found[key] == _STORED[kept_as], f"{kind.key}.{key} is kept as {found[key]}"
    return missing


def code_of(missing: Mapping[str, Mapping[str, type]], version: int) -> str:
    """Return the step that makes ``missing``, and the version that comes with it."""
    named = "_and_".join(f"{kind}_{'_'.join(columns)}" for kind, columns in missing.items())
    told = "; ".join(f"{kind} {', '.join(columns)}" for kind, columns in missing.items())
    lines = [
        f"MAJOR, MINOR = {(version + 1) // 1000}, {(version + 1) % 1000}"
        f"  # and FORMAT = {version + 1} in opening.py",
        "",
        "",
        "@STEPS()",
        f"def add_{named}(db: Database) -> None:",
        f'    """Add to {told}."""',
    ]
    for kind, columns in missing.items():
        for key, kept_as in columns.items():
            lines.append(f'    db.table("{kind}").add_column("{key}", {kept_as.__name__})')
    return "\n".join(lines)
