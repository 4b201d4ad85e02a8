"""Which records a list shows, and in which order: conditions as SQL, rows as values."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sanyou_desktop.ledger import search
from sanyou_desktop.ledger.schema import column_of, loaded, to_json
from sanyou_desktop.model.fields import Choices, Names
from sanyou_desktop.model.kinds import Kind, kind_of

# Beyond as many SQLite is asked in another way; as far as here, it knows how many there are.
_MOST_MARKS = 500
# Whole rows held in memory at once where they are not read in an order of an index.
_ROWS_AT_ONCE = 500
Mode = Literal["any", "from", "to", "empty", "filled"]


@dataclass(frozen=True)
class Filter:
    """One condition on one field.

    ``any``: the field has (or its list contains) one of ``values``; ``from`` / ``to``: its date
    may lie on or after / before ``values[0]``; ``empty``: nothing was filled in; ``filled``:
    something was, also what only a newer version knows.
    """

    key: str
    values: tuple[str, ...] = ()
    mode: Mode = "any"


NOT_CONFIDENTIAL = Filter("confidential", mode="empty")
IS_CONFIDENTIAL = Filter("confidential", mode="filled")


def undated(kind: str) -> Filter:
    """Return the condition that a record has no date, by which no period can select it."""
    return Filter(kind_of(kind).record.occurred, mode="empty")


@dataclass(frozen=True)
class Query:
    """What a list shows.

    Attributes:
        text: the search box.
        filters: all must hold.
        sort: a field key; ties are broken by id, so that pages never overlap.
        deleted: the recycle bin instead of the living records.
        first, last: the period, EDTF, on the kind's own date; "" for open.
        unit: only records of that unit.
    """

    text: str = ""
    filters: tuple[Filter, ...] = ()
    sort: str = "number"
    descending: bool = True
    deleted: bool = False
    first: str = ""
    last: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Line:
    """One row of a list: the record's id and the values of the columns asked for."""

    id: str
    values: tuple[Any, ...]


def count(conn: sqlite3.Connection, kind: str, query: Query) -> int:
    """Return how many records the query selects."""
    where, values = _where(kind_of(kind), query)
    found = conn.execute(f'SELECT count(*) FROM "{kind}" WHERE {where}', values).fetchone()
    return int(found[0])


def has_others(conn: sqlite3.Connection, kind: str, unit: str) -> bool:
    """Tell whether a living record of that kind belongs to another unit than ``unit``."""
    # Two ranges of the index on unit and number, both empty in a ledger of one unit.
    beside = "SELECT 1 FROM record WHERE unit {0} ? AND number <> '' AND kind = ? AND deleted_at=''"
    sql = f"SELECT EXISTS ({beside.format('<')}) OR EXISTS ({beside.format('>')})"
    return bool(conn.execute(sql, (unit, kind, unit, kind)).fetchone()[0])


def unit_names(conn: sqlite3.Connection, codes: Sequence[str]) -> dict[str, str]:
    """Return the names of units by code, of those that the ledger knows."""
    marks = ", ".join("?" * len(codes))
    sql = f"SELECT code, name FROM unit WHERE deleted_at = '' AND code IN ({marks})"
    return dict(conn.execute(sql, list(codes)).fetchall())


def page(
    conn: sqlite3.Connection,
    kind: str,
    query: Query,
    columns: Sequence[str],
    offset: int,
    limit: int,
) -> list[Line]:
    """Return up to ``limit`` rows from ``offset`` (from 0) in the query's order.

    The wanted rows are found by the index alone; only they are read.
    """
    declared = kind_of(kind)
    where, values = _where(declared, query)
    fields = [declared.fields[key] for key in columns]
    wanted = ", ".join(f'whole."{key}"' for key in columns)
    sql = (
        f"SELECT whole.id{', ' + wanted if wanted else ''} FROM "
        f'(SELECT seq, {_sort(query)} AS sorted FROM "{kind}" WHERE {where} '
        f"ORDER BY {_order(query)} LIMIT ? OFFSET ?) AS chosen "
        f'JOIN "{kind}" AS whole ON whole.seq = chosen.seq '
        f"ORDER BY chosen.sorted {_direction(query)}, whole.id {_direction(query)}"
    )
    rows = conn.execute(sql, [*values, limit, offset])
    return [
        Line(
            row[0], tuple(loaded(field, kept) for field, kept in zip(fields, row[1:], strict=True))
        )
        for row in rows
    ]


def ids(conn: sqlite3.Connection, kind: str, query: Query) -> list[str]:
    """Return the ids of all records the query selects, in its order."""
    where, values = _where(kind_of(kind), query)
    rows = conn.execute(f'SELECT id FROM "{kind}" WHERE {where} ORDER BY {_order(query)}', values)
    return [row[0] for row in rows]


def position(conn: sqlite3.Connection, kind: str, query: Query, record_id: str) -> int | None:
    """Return the place (from 0) of a record in the query's order, None if it is not selected."""
    where, values = _where(kind_of(kind), query)
    sort = _sort(query)
    found = conn.execute(
        f'SELECT {sort} FROM "{kind}" WHERE id = ? AND {where}', [record_id, *values]
    ).fetchone()
    if found is None:
        return None
    before = ">" if query.descending else "<"
    # Unknown dates and numbers are NULL, as is all that is older than its column; SQLite sorts
    # NULL before everything, but has no answer when asked whether a value comes before it.
    row = conn.execute(
        f'SELECT count(*) FROM "{kind}" WHERE {where} '
        f"AND ({sort} IS NOT NULL, ifnull({sort}, ''), id) {before} (?, ?, ?)",
        [*values, found[0] is not None, "" if found[0] is None else found[0], record_id],
    ).fetchone()
    return int(row[0])


def rows(conn: sqlite3.Connection, kind: str, query: Query) -> Iterator[tuple[Any, ...]]:
    """Yield whole stored rows, in the order of the declared fields."""
    declared = kind_of(kind)
    where, values = _where(declared, query)
    wanted = ", ".join(f'"{key}"' for key in declared.fields)
    found = conn.execute(
        f'SELECT {wanted} FROM "{kind}" WHERE {where} ORDER BY {_order(query)}', values
    )
    # Not "yield from": that closes the cursor when a reader stops half-way, which fails where the
    # ledger was closed before.
    for row in found:  # noqa: UP028 - see above
        yield row


def rows_by_unit(
    conn: sqlite3.Connection, kind: str, query: Query, first: str
) -> Iterator[tuple[Any, ...]]:
    """Yield whole stored rows as ``rows`` does, each unit's together, those of ``first`` before.

    Only keys are sorted, once: to ask for one unit after another reads the table once a unit.
    """
    declared = kind_of(kind)
    where, values = _where(declared, query)
    order = f"unit <> ?, unit, {_order(query)}"
    ordered = conn.execute(
        f'SELECT seq FROM "{kind}" WHERE {where} ORDER BY {order}', [*values, first]
    )
    seqs = array("q", (row[0] for row in ordered))
    wanted = ", ".join(f'"{key}"' for key in declared.fields)
    sql = f'SELECT seq, {wanted} FROM "{kind}" WHERE seq IN (SELECT value FROM json_each(?))'
    for at in range(0, len(seqs), _ROWS_AT_ONCE):
        some = list(seqs[at : at + _ROWS_AT_ONCE])
        found = {row[0]: row[1:] for row in conn.execute(sql, (to_json(some),))}
        # One that was deleted meanwhile, where no single state is read, is no longer wanted.
        yield from (found[seq] for seq in some if seq in found)


def distinct(conn: sqlite3.Connection, kind: str, key: str, limit: int) -> list[str]:
    """Return the texts in use in a field, most used first."""
    field = kind_of(kind).fields[key]
    if isinstance(field, Choices | Names):
        sql = (
            f'SELECT item.value, count(*) FROM "{kind}", json_each("{key}") AS item '
            "WHERE deleted_at = '' GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?"
        )
    else:
        sql = (
            f'SELECT "{key}", count(*) FROM "{kind}" WHERE deleted_at = \'\' AND "{key}" <> \'\' '
            "GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?"
        )
    return [str(row[0]) for row in conn.execute(sql, [limit])]


def _direction(query: Query) -> str:
    return "DESC" if query.descending else "ASC"


def _sort(query: Query) -> str:
    return f'"{query.sort}"'


def _order(query: Query) -> str:
    return f"{_sort(query)} {_direction(query)}, id {_direction(query)}"


def _where(kind: Kind, query: Query) -> tuple[str, list[Any]]:
    if query.sort not in kind.fields:
        raise KeyError(query.sort)
    terms = ["deleted_at <> ''" if query.deleted else "deleted_at = ''"]
    values: list[Any] = []
    for condition in _conditions(kind, query):
        terms.append(condition[0])
        values += condition[1]
    return " AND ".join(terms), values


def _conditions(kind: Kind, query: Query) -> Iterator[tuple[str, list[Any]]]:
    if query.unit:
        yield "unit = ?", [query.unit]
    occurred = kind.record.occurred
    if query.first and occurred:
        yield bound(occurred, query.first, ">=")
    if query.last and occurred:
        yield bound(occurred, query.last, "<=")
    for item in query.filters:
        yield _condition(kind, item)
    if query.text.strip():
        select, values = search.condition(query.text)
        yield f"seq IN ({select})", values


def _condition(kind: Kind, item: Filter) -> tuple[str, list[Any]]:
    field = kind.fields[item.key]
    name = f'"{item.key}"'
    if item.mode in ("empty", "filled"):
        empty = column_of(field).empty
        # NULL also in rows older than their column.
        missing = f"{name} IS NULL" if empty is None else f"({name} IS NULL OR {name} = ?)"
        is_missing = missing if item.mode == "empty" else f"NOT {missing}"
        return is_missing, [] if empty is None else [empty]
    if item.mode in ("from", "to"):
        return bound(item.key, item.values[0], ">=" if item.mode == "from" else "<=")
    wanted, values = _one_of(item.values)
    if isinstance(field, Choices | Names):
        return f"EXISTS (SELECT 1 FROM json_each({name}) WHERE value IN {wanted})", values
    return f"{name} IN {wanted}", values


def _one_of(values: Sequence[str]) -> tuple[str, list[Any]]:
    """Return what follows IN, with its values; of thousands of ids SQLite takes only a list."""
    if len(values) > _MOST_MARKS:
        return "(SELECT value FROM json_each(?))", [to_json(values)]
    return f"({', '.join('?' * len(values))})", list(values)


def bound(key: str, edge: str, comparison: str) -> tuple[str, list[Any]]:
    """Return the condition that a date lies on one side of ``edge`` (EDTF), with its values.

    Compared to the precision of the coarser of the two: 2003-08 may lie in any August week.

    A day without its year lies in no period.
    """
    name = f'"{key}"'
    coarse = f"substr({name}, 1, ?) {comparison} substr(?, 1, length({name}))"
    return f"({name} IS NOT NULL AND {name} < 'X' AND {coarse})", [len(edge), edge]
