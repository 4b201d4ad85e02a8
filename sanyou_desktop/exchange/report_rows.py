r"""From a stored row of the ledger straight to its markup in the report: what makes it fast.

Most cells of a table hold what another row held before: a status, a department, nothing. What a
field's stored value becomes (cell, share of the hash, share of the register, lines it takes) is
therefore kept and looked up; only new values pass through ``columns.value_cell``. That a row made
so equals the one that ``columns.RowOf`` makes of the record is tested.

A row's markup holds ``\0`` in the place of the row's number: a number that a cell cannot contain.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from json.encoder import encode_basestring
from operator import itemgetter
from typing import Any, NamedTuple

from sanyou_desktop.exchange.cells import cell_markup, column_name, xstring
from sanyou_desktop.exchange.columns import IDENTITY, fits
from sanyou_desktop.exchange.markup import escaped
from sanyou_desktop.exchange.photo_cells import PhotoCells, Placed
from sanyou_desktop.exchange.photo_column import KEY as PHOTOS
from sanyou_desktop.exchange.register import register_json
from sanyou_desktop.exchange.report_looks import look_of
from sanyou_desktop.exchange.row_height import height_of_lines, lines_of
from sanyou_desktop.exchange.sheet import CellStyle, CellValue, Column, text_of
from sanyou_desktop.exchange.stored_cells import cell_by, paired
from sanyou_desktop.ledger.schema import column_of, loaded
from sanyou_desktop.model.fields import Field, LongText, Text
from sanyou_desktop.model.kinds import kind_of

# Values of a field, characters of a value, characters of all fields: some 10 MB at the most.
_MOST_VALUES = 4096
_LONGEST_KEPT = 2000
_MOST_KEPT = 1_000_000
ROW_NUMBER = b"\0"
_KEEP_SPACE = b' xml:space="preserve"'
# Made once: json.dumps makes an encoder each time.
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
# What it does with a text, without its way there.
_quoted = encode_basestring


class MadeRow(NamedTuple):
    """What a stored row becomes; ``markup`` has ``ROW_NUMBER`` where its number belongs."""

    kind: str
    id: str
    revision: int
    hash: str
    json: str
    markup: bytes
    height: float
    placed: tuple[Placed, ...] = ()


class _Made(NamedTuple):
    """What one stored value becomes."""

    markup: bytes
    hashed: str
    lines: int
    json: str


class _Room:
    """How many characters may still be kept, by all fields together."""

    def __init__(self) -> None:
        self.left = _MOST_KEPT


class _Kept(dict[Any, _Made]):
    """What the stored values of one field became, as far as there is room."""

    def __init__(self, make: Callable[[Any], _Made], room: _Room) -> None:
        super().__init__()
        self._make = make
        self._room = room

    def __missing__(self, stored: Any) -> _Made:  # noqa: ANN401 - whatever the ledger keeps
        made = self._make(stored)
        if len(self) < _MOST_VALUES:
            size = len(made.json)
            if size < _LONGEST_KEPT and size < self._room.left:
                self._room.left -= size
                self[stored] = made
        return made


class RowMaker:
    """Makes the rows of one kind's table.

    ``looks`` gives the number of a format by its name; ``references`` number and title by id;
    ``photos`` fills their column, where there is one.
    """

    def __init__(
        self,
        kind: str,
        columns: tuple[Column, ...],
        looks: Mapping[str, str],
        names: dict[str, str],
        references: Mapping[str, str],
        photos: PhotoCells | None = None,
    ) -> None:
        """Prepare a place for each field."""
        self._kind = kind
        self._looks = looks
        self._names = names
        self._references = references
        fields = kind_of(kind).fields
        keys = list(fields)
        self._columns = {column.key: column for column in columns}
        self._places = {column.key: at for at, column in enumerate(columns)}
        room = _Room()
        self._made = [_Kept(self._maker(key, field), room) for key, field in fields.items()]
        self._paired = paired(fields)
        self._photos = photos
        beside = (*IDENTITY, PHOTOS) if PHOTOS in self._columns else IDENTITY
        own = [column.key for column in columns if column.key not in beside]
        self._hashed = itemgetter(*(keys.index(key) for key in own))
        # What is not printed takes one line.
        self._tall = itemgetter(
            *(keys.index(column.key) for column in columns if column.printed and column.key in keys)
        )
        places = {key: at for at, key in enumerate((*keys, *beside))}
        self._ordered = itemgetter(*(places[column.key] for column in columns))
        self._at = itemgetter(*(keys.index(key) for key in ("id", "unit", "revision")))
        self._of_unit, self._of_name, self._of_revision = map(
            self._markup_of, ("_unit", "_unit_name", "_revision")
        )
        # Hexadecimal digits and dashes: nothing in them needs an escape.
        self._of_id, self._of_hash = (
            (before.replace(_KEEP_SPACE, b""), after)
            for before, after in (self._around("_id"), self._around("_hash"))
        )
        self._state = self._markup_of("_state")(None)
        self._revisions: dict[int, bytes] = {}
        self._attached = keys.index("attachments")
        self._photo_cell = self._markup_of(PHOTOS) if PHOTOS in self._columns else None
        self._units: dict[str, tuple[bytes, bytes, int]] = {}

    def __call__(self, stored: tuple[Any, ...]) -> MadeRow:
        """Return what the row becomes."""
        record_id, unit, revision = self._at(stored)
        values: Any = stored
        if self._paired:
            one, other = self._paired
            values = [*stored]
            values[one] = (stored[one], stored[other])
        made = [kept[value] for kept, value in zip(self._made, values, strict=True)]
        markups, hashed, lines, jsons = zip(*made, strict=True)
        shown = "[" + ", ".join(self._hashed(hashed)) + "]"
        found = hashlib.sha256(shown.encode()).hexdigest()[:16]
        of_unit, of_name, lines_of_name = self._unit(unit)
        beside = (of_unit, of_name, *self._own(record_id, revision, found))
        height = height_of_lines(max(lines_of_name, *self._tall(lines)))
        placed: tuple[Placed, ...] = ()
        if self._photos and self._photo_cell:
            cell = self._photos(stored[self._attached])
            beside = (*beside, self._photo_cell(cell.text))
            height, placed = max(height, cell.height), cell.placed
        markup = b"".join(self._ordered(markups + beside))
        json_text = "{" + ",".join(jsons) + "}"
        return MadeRow(self._kind, record_id, revision, found, json_text, markup, height, placed)

    def _maker(self, key: str, field: Field[Any]) -> Callable[[Any], _Made]:
        """Return what makes of a stored value of the field what becomes of it."""
        named = _JSON(key) + ":"
        written = _written_by(field)
        if key not in self._columns:
            return lambda stored: _Made(b"", "", 1, named + written(stored))
        column = self._columns[key]
        made_cell = cell_by(field, self._references)
        markup = self._markup_of(key)

        def make(stored: Any) -> _Made:  # noqa: ANN401 - whatever the ledger keeps
            cell = made_cell(stored)
            own = stored[0] if isinstance(stored, tuple) else stored
            lines = lines_of(cell, column)
            return _Made(markup(cell), _quoted(text_of(cell)), lines, named + written(own))

        if type(field) not in (Text, LongText):
            return make

        def make_text(stored: Any) -> _Made:  # noqa: ANN401 - whatever the ledger keeps
            # Shown and kept as it is: one pass does for the cell, the hash and the register.
            if not stored or not isinstance(stored, str) or not fits(stored):
                return make(stored)
            quoted = _quoted(stored)
            lines = lines_of(stored, column)
            return _Made(markup(stored), quoted, lines, named + register_json(quoted))

        return make_text

    def _markup_of(self, key: str) -> Callable[[CellValue], bytes]:
        """Return what writes cells of a column."""
        address = column_name(self._places[key]) + "\0"
        style = self._columns[key].style
        blank = cell_markup(b"", address, self._looks[look_of(None, style)], None, is_1904=False)
        plain = _plain_look(style)
        before, after = self._around(key)
        # Needed for white space at either end alone (XML 1.0, 2.10).
        unspaced = before.replace(_KEEP_SPACE, b"")
        # What a text looks like depends on how it begins.
        is_plain: dict[str, bool] = {}

        def markup(cell: CellValue) -> bytes:
            if cell is None or cell == "":
                return blank
            if isinstance(cell, str):
                first = cell[0]
                if first not in is_plain:
                    is_plain[first] = look_of(first, style) == plain
                if is_plain[first]:
                    text = escaped(xstring(cell)).encode()
                    return (unspaced if cell.strip() == cell else before) + text + after
            look = look_of(cell, style)
            return cell_markup(b"", address, self._looks[look], cell, is_1904=False)

        return markup

    def _around(self, key: str) -> tuple[bytes, bytes]:
        """Return what stands before and after a plain text in a cell of a column."""
        address = column_name(self._places[key]) + "\0"
        look = self._looks[_plain_look(self._columns[key].style)]
        sample = cell_markup(b"", address, look, "x", is_1904=False)
        before, after = sample.rsplit(b">x<", 1)
        return before + b">", b"<" + after

    def _own(self, record_id: str, revision: int, found: str) -> tuple[bytes, ...]:
        revised = self._revisions.get(revision)
        if revised is None:
            revised = self._revisions[revision] = self._of_revision(revision)
        of_id, of_hash, state = self._of_id, self._of_hash, self._state
        return (
            of_id[0] + record_id.encode() + of_id[1],
            revised,
            of_hash[0] + found.encode() + of_hash[1],
            state,
        )

    def _unit(self, unit: str) -> tuple[bytes, bytes, int]:
        if unit not in self._units:
            name = self._names.get(unit, unit)
            lines = lines_of(name, self._columns["_unit_name"])
            self._units[unit] = self._of_unit(unit), self._of_name(name), lines
        return self._units[unit]


def _plain_look(style: CellStyle) -> str:
    return look_of("-" if style is CellStyle.IDENTITY else "x", style)


def _written_by(field: Field[Any]) -> Callable[[Any], str]:
    """Return what writes a stored value as the register does (``Record.to_json``).

    Texts and JSON are kept in the form that they are written in; only the rest passes the field.
    """
    is_json = column_of(field).is_json
    empty = _JSON(field.write(field.empty))

    def written(stored: Any) -> str:  # noqa: ANN401 - whatever the ledger keeps
        if stored is None or stored == "":
            return empty
        if isinstance(stored, str):
            return register_json(stored if is_json else _quoted(stored))
        return _JSON(field.write(loaded(field, stored)))

    return written
