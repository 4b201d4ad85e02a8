"""References in formulas, and what becomes of them when rows are inserted.

Formulas are kept as ECMA-376-1, 18.17 spells them: A1 references, ``$`` for absolute, sheets
before ``!`` and in quotes where their names need it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from sanyou_desktop.exchange.limits import LAST_ROW

_CELL = r"\$?[A-Za-z]{1,3}\$?[0-9]{1,7}"
_REFERENCE = re.compile(
    # Text in quotes, and what stands in brackets (columns of tables), hold no references.
    r'(?P<skipped>"(?:[^"]|"")*"|(?<![\w.])\[[0-9]+\][\w.]+!\$?\w+\$?[0-9]*(?::\$?\w+)?'
    r"|\[(?:[^\[\]]|\[[^\[\]]*\])*\])"
    r"|(?P<sheet>(?:'(?:[^']|'')+'|(?<![\w.'])[\w.]+(?::[\w.]+)?)!)?"
    rf"(?:(?<![\w.$])(?P<first>{_CELL})(?::(?P<last>{_CELL}))?"
    r"|(?<![\w.$])(?P<top>\$?[0-9]{1,7}):(?P<bottom>\$?[0-9]{1,7}))"
    r"(?![\w(.!\[])"
)
# Functions end with their bracket here; what else is a word is the name of something.
_WORD = re.compile(r"[^\W\d][\w.]*\(?")
_CONSTANTS = frozenset({"TRUE", "FALSE"})
# They make references of texts and numbers, and say nothing of rows that is seen.
_BY_TEXT = frozenset({"INDIRECT(", "OFFSET(", "TRANSPOSE(", "INDEX("})
_PARTS = re.compile(r"(\$?[A-Za-z]{0,3})(\$?)([0-9]{1,7})")


@dataclass(frozen=True)
class Insertion:
    """``count`` rows inserted into a sheet below row ``after``, as copies of that row.

    A range that ends with row ``after`` grows over the new rows: it is the sum of a column, or the
    rule of one, and the new rows belong to it as the others do.
    """

    sheet: str
    after: int
    count: int

    def row(self, number: int) -> int:
        """Return where a row stands now."""
        return number + self.count if number > self.after else number

    def area(self, ref: str) -> str:
        """Return the cells that ``ref`` (C5, or B4:F9) names now; what is none stays as it is."""
        first, colon, last = ref.partition(":")
        if _PARTS.fullmatch(first) is None or (colon and _PARTS.fullmatch(last) is None):
            return ref
        return self._range(first, last) if colon else self._moved(first)

    def areas(self, refs: str) -> str:
        """Return a list of areas with spaces between (ST_Sqref)."""
        return " ".join(self.area(ref) for ref in refs.split())

    def formula(self, text: str, on_sheet: str, row: int = 0, *, only_fixed: bool = False) -> str:
        """Return a formula as it must read now.

        Args:
            text: the formula without its equals sign.
            on_sheet: the sheet on which it stands: references without a sheet mean that one.
            row: the row in which it stood on the sheet of the insertion, 0 elsewhere.
            only_fixed: rows without ``$`` are distances, as in names, and stay what they are.
        """

        def shifted(found: re.Match[str]) -> str:
            if not self._is_meant(found.group("sheet"), on_sheet):
                return found.group(0)
            sheet = found.group("sheet") or ""
            first = found.group("first") or found.group("top")
            last = found.group("last") or found.group("bottom")
            if only_fixed and not (_is_fixed(first) and _is_fixed(last or first)):
                return found.group(0)
            if not last:
                return sheet + self._moved(first)
            return sheet + self._range(first, last, grows=row != self.after or _is_fixed(last))

        return _rewritten(text, shifted)

    def _is_meant(self, sheet: str | None, on_sheet: str) -> bool:
        return on_sheet == self.sheet if sheet is None else self.means(sheet)

    def means(self, sheet: str) -> bool:
        """Tell whether what stands before a reference, with its ``!``, is the sheet."""
        named = sheet[:-1]
        if named.startswith("'"):
            named = named[1:-1].replace("''", "'")
        return named.lower() == self.sheet.lower()

    def _moved(self, cell: str) -> str:
        return _at(cell, self.row(_row_of(cell)))

    def _range(self, first: str, last: str, *, grows: bool = True) -> str:
        start, end = _row_of(first), _row_of(last)
        # One row of many columns is that row, not a column that begins.
        is_column = start < end or _column_of(first) == _column_of(last) != ""
        if grows and end == self.after and start <= end and is_column:
            return f"{first}:{_at(last, end + self.count)}"
        return f"{self._moved(first)}:{self._moved(last)}"


def translated(formula: str, rows: int, columns: int = 0) -> str:
    """Return a formula as it reads when it is copied that far down and right: ``$`` stays."""

    def moved(cell: str) -> str:
        found = _PARTS.fullmatch(cell)
        assert found is not None, cell
        letters, fixed, row = found.groups()
        if columns and letters and not letters.startswith("$"):
            letters = _letters(_number(letters) + columns)
        return letters + fixed + row if _is_fixed(cell) else _at(letters + row, int(row) + rows)

    def shifted(found: re.Match[str]) -> str:
        sheet = found.group("sheet") or ""
        first = found.group("first") or found.group("top")
        last = found.group("last") or found.group("bottom")
        return sheet + moved(first) + (f":{moved(last)}" if last else "")

    return _rewritten(formula, shifted)


def grows_evenly(formula: str, sheet: str, first: int, last: int) -> bool:
    """Tell whether an array formula of the rows ``first`` to ``last`` may grow over more rows.

    It may where every range of several rows that it names is of just these rows of its own sheet:
    row by row it then computes of the new rows what it does of the others. ``TRANSPOSE`` of a row,
    a list of another sheet or a name would not grow along, and give wrong rows their results.
    """
    rest = []
    at, found = 0, False
    for match in _REFERENCE.finditer(formula):
        rest.append(formula[at : match.start()])
        at = match.end()
        skipped = match.group("skipped")
        if skipped:
            if not skipped.startswith('"'):
                return False
            continue
        begin = match.group("first") or match.group("top")
        end = match.group("last") or match.group("bottom")
        if not end or _row_of(begin) == _row_of(end):
            continue
        own = match.group("sheet") is None or Insertion(sheet, 0, 0).means(match.group("sheet"))
        if not own or (_row_of(begin), _row_of(end)) != (first, last):
            return False
        found = True
    rest.append(formula[at:])
    words = {word.upper() for word in _WORD.findall(" ".join(rest))}
    names = {word for word in words if not word.endswith("(")}
    return found and not names - _CONSTANTS and not words & _BY_TEXT


def _rewritten(text: str, shifted: Callable[[re.Match[str]], str]) -> str:
    return _REFERENCE.sub(
        lambda found: found.group(0) if found.group("skipped") else shifted(found), text
    )


def _row_of(cell: str) -> int:
    found = _PARTS.fullmatch(cell)
    assert found is not None, cell
    return int(found.group(3))


def _column_of(cell: str) -> str:
    found = _PARTS.fullmatch(cell)
    assert found is not None, cell
    return found.group(1).replace("$", "").upper()


def _is_fixed(cell: str) -> bool:
    found = _PARTS.fullmatch(cell)
    return found is not None and bool(found.group(2) or found.group(1) == "$")


def _at(cell: str, row: int) -> str:
    """Return the cell in another row; beyond the sheet's end it is an error, as in Excel."""
    found = _PARTS.fullmatch(cell)
    assert found is not None, cell
    if not 1 <= row <= LAST_ROW:
        return "#REF!"
    return f"{found.group(1)}{found.group(2)}{row}"


def _number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _letters(number: int) -> str:
    made = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        made = chr(ord("A") + rest) + made
    return made or "#REF!"
