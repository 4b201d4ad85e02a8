"""A named list from a plain table: a header, a row an entry, and what else such a sheet holds.

Titles and 「出处：…」 above the header, totals, notes and signatures below it are no entries.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from unicodedata import normalize

from sanyou_desktop.exchange.cells import column_name
from sanyou_desktop.exchange.errors import NotAList
from sanyou_desktop.exchange.scheme_headers import (
    BELOW,
    NO,
    POINTS,
    POINTS_ALONE,
    TOTALS,
    USUAL_NAMES,
    YES,
    Head,
    Line,
    find_head,
    tidy,
)
from sanyou_desktop.exchange.scheme_marking import deduction_in, speaks_of_deduction
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.fields import Field, Json, Refused
from sanyou_desktop.model.fields.rows import new_key
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.model.problems import Invalid, Problem
from sanyou_desktop.model.scheme import Scheme
from sanyou_desktop.wording import N_, _, to_user

# What stands in the place of an entry that is announced and not known.
UNKNOWN = N_("（待补充）")
# What a table says of the whole list, a line each, above the header: 出处：省台办.
ABOUT = ("use", "source", "announced_count", "purpose")
_LABELLED = re.compile(r"\s*([^：:\s]{1,12})\s*[：:]\s*(.*)", re.DOTALL)
_LONGEST_NAME = 31


@dataclass(frozen=True)
class Table:
    """The list that a sheet holds, and what of the sheet is not in it, in words."""

    scheme: Scheme
    left_out: tuple[str, ...]


@dataclass
class _Rows:
    """Entries as they are collected, with the row of the sheet each came from.

    ``nameless`` are the columns (from 0) under no header that hold something beside them;
    ``marked`` tells of each entry whose deduction is said in words whether it could be read.
    """

    raw: list[Json] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    skipped: list[int] = field(default_factory=list)
    nameless: set[int] = field(default_factory=set)
    marked: list[bool] = field(default_factory=list)


def read_table(lines: list[Line], sheet: str, file: str, unit: str) -> Table | None:
    """Return the list of a sheet, None if no header names the entries.

    ``sheet`` is the sheet's name, "" where there are none; ``file`` the name of the file without
    its ending. The title is the sheet's name, unless that says nothing.

    Raises:
        NotAList: a cell holds what it cannot, with its address.
    """
    head = find_head(lines)
    if head is None:
        return None if not _is_bare(lines) else _bare(lines, sheet, file, unit)
    rows = _collected(lines, head)
    if not rows.raw:
        return None
    given = _about(lines[: head.place])
    given["title"] = _title(lines[: head.place], sheet, file)
    given["entries"] = rows.raw
    scheme = _accepted(given, unit, head, rows, _place(sheet, file))
    return Table(scheme, tuple(_left_out(head, rows)))


def _place(sheet: str, file: str) -> str:
    """Return which table it is, for whoever chose several files."""
    return _("{file}，{sheet}").format(file=file, sheet=sheet) if sheet else file


def _is_bare(lines: list[Line]) -> bool:
    """Tell whether there is one column and nothing else: then every line is an entry."""
    return bool(lines) and len({column for line in lines for column in line.cells}) == 1


def _bare(lines: list[Line], sheet: str, file: str, unit: str) -> Table:
    head = Head(-1, {next(iter(lines[0].cells)): "text"}, ())
    rows = _collected(lines, head)
    given: dict[str, Json] = {"title": _title([], sheet, file), "entries": rows.raw}
    return Table(
        _accepted(given, unit, head, rows, _place(sheet, file)), tuple(_left_out(head, rows))
    )


def _collected(lines: list[Line], head: Head) -> _Rows:
    rows = _Rows()
    group = text = ""
    for line in lines[head.place + 1 :]:
        cells = {key: line.cells.get(column, "").strip() for column, key in head.columns.items()}
        if _is_head_again(line, lines[head.place], head):
            continue
        if _is_beside(line, cells):
            rows.skipped.append(line.number)
            continue
        rows.nameless |= _nameless(line, lines[head.place], head)
        if cells.get("group"):
            group, text = cells["group"], ""
        said = any(cells.get(key) for key in ("standard", "follow_through"))
        # One merged cell beside several standards, each of which is looked at on its own.
        text = cells["text"] or (text if said else "")
        if not text and group and said:
            text = group
        if not text:
            if any(cell for key, cell in cells.items() if key not in ("number", "group")):
                rows.skipped.append(line.number)
            continue
        entry = _entry(cells, text, group)
        words = _words_of_marking(cells)
        if words:
            _read_marking(entry, words, rows.marked)
        rows.raw.append(entry)
        rows.numbers.append(line.number)
    return rows


def _is_head_again(line: Line, header: Line, head: Head) -> bool:
    """Tell a header that stands again at the top of a page."""
    return head.place >= 0 and line.cells == header.cells


def _nameless(line: Line, header: Line, head: Head) -> set[int]:
    """Return the columns in which a line says something under no header at all."""
    said = {column for column, text in line.cells.items() if text.strip()}
    headed = {column for column, text in header.cells.items() if text.strip()}
    return said - headed if head.place >= 0 else set()


def _is_beside(line: Line, cells: dict[str, str]) -> bool:
    """Tell a total, a note or a signature from an entry."""
    filled = [text for text in line.cells.values() if text.strip()]
    if cells.get("number", "").isdigit():
        return False
    if any(tidy(cells.get(key, "")) in TOTALS for key in ("number", "group", "text")):
        return True
    return len(filled) == 1 and bool(BELOW.match(filled[0]))


def _words_of_marking(cells: dict[str, str]) -> str:
    """Return what is said in words of the points taken off, "" where nothing is."""
    deduction = cells.get("deduction", "")
    said = (deduction if speaks_of_deduction(deduction) else "", cells.get("marking", ""))
    return _("；").join(filter(None, said))


def _read_marking(entry: dict[str, Json], words: str, marked: list[bool]) -> None:
    """Keep the words with the standard, and take the number out of them if there is one."""
    before = str(entry.get("standard") or "")
    entry["standard"] = _("；").join(filter(None, (before, words)))
    if entry.get("deduction") or not speaks_of_deduction(words):
        return
    points = deduction_in(words)
    full = POINTS_ALONE.fullmatch(str(entry.get("full_score") or ""))
    fits = points is not None and (full is None or points <= Decimal(full[0]))
    marked.append(fits)
    if fits:
        entry["deduction"] = str(points)


def _entry(cells: dict[str, str], text: str, group: str) -> dict[str, Json]:
    if text.strip() == UNKNOWN:
        text = ""
    elif group and group != text:
        text = f"{group}：{text}"
    entry: dict[str, Json] = {"key": new_key(), "text": text}
    for key, cell in cells.items():
        if key in ("number", "group", "text", "marking") or not cell:
            continue
        if key == "deduction" and speaks_of_deduction(cell):
            continue
        entry[key] = _value(key, cell)
    return entry


def _value(key: str, cell: str) -> Json:
    plain = normalize("NFKC", cell).strip().lower()
    if key == "veto":
        if plain in YES:
            return True
        return None if plain in NO else cell
    if key in ("full_score", "deduction"):
        points = POINTS.match(plain)
        return points.group(0) if points else cell
    return cell


def _about(above: list[Line]) -> dict[str, Json]:
    """Return what lines such as 出处：省台办 say of the whole list."""
    found: dict[str, Json] = {}
    known = kind_of("scheme").fields
    keys = {known[key].title: key for key in ABOUT}
    for line in above:
        for text in line.cells.values():
            said = _LABELLED.fullmatch(text)
            key = keys.get(said.group(1)) if said else None
            if said and key and said.group(2).strip() and _fits(key, said.group(2)):
                found[key] = said.group(2).strip()
    return found


def _fits(key: str, text: str) -> bool:
    """Tell whether our field takes it; others' lines may say such a thing in free words."""
    known: Field[object] = kind_of("scheme").fields[key]
    try:
        known.read(text.strip())
    except Refused:
        return False
    return True


def _title(above: list[Line], sheet: str, file: str) -> str:
    lone = [
        next(iter(line.cells.values())).strip()
        for line in above
        if len(line.cells) == 1 and not _LABELLED.fullmatch(next(iter(line.cells.values())))
    ]
    named = "" if USUAL_NAMES.fullmatch(sheet.strip()) else sheet.strip()
    if not named:
        return lone[0] if lone else file
    # A sheet's name has 31 characters at most, and none of []:*?/\.
    whole = [text for text in lone if sheet_name(text) == named]
    return whole[0] if whole else named


def sheet_name(title: str) -> str:
    """Return a name that a sheet may have, as near to ``title`` as can be."""
    allowed = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", title).strip(" '")
    # Excel counts UTF-16 units.
    begin = allowed.encode("utf-16-le")[: 2 * _LONGEST_NAME].decode("utf-16-le", "ignore")
    return begin.strip(" '") or _("清单")


def _accepted(given: dict[str, Json], unit: str, head: Head, rows: _Rows, where: str) -> Scheme:
    try:
        record = Draft.from_json("scheme", given, unit).accepted()
    except Invalid as invalid:
        told = "\n".join(_told(problem, head, rows) for problem in invalid.problems[:3])
        raise NotAList(
            to_user("「{where}」里有填错的格子，没有读入：{told}").format(where=where, told=told)
        ) from invalid
    assert isinstance(record, Scheme)
    return record


def _told(problem: Problem, head: Head, rows: _Rows) -> str:
    if problem.row is None or problem.column is None:
        return str(problem)
    address = f"{column_name(_column(head, problem.column))}{rows.numbers[problem.row]}"
    return _("{address}（{column}）{message}").format(
        address=address, column=problem.column_title, message=problem.message
    )


def _column(head: Head, key: str) -> int:
    return next((column for column, known in head.columns.items() if known == key), 0)


def _left_out(head: Head, rows: _Rows) -> Iterator[str]:
    if rows.marked:
        told = _("扣分写成文字的 {count} 项：读出每处扣分 {read} 项，其余留空；原文都并入「标准」")
        yield told.format(count=len(rows.marked), read=sum(rows.marked))
    if rows.skipped:
        yield _("合计、说明等 {count} 行没有读入（第 {rows} 行）").format(
            count=len(rows.skipped), rows=_("、").join(map(str, rows.skipped[:10]))
        )
    if head.unused:
        yield _("没有用到的列：{columns}").format(columns=_("、").join(head.unused[:10]))
    if rows.nameless:
        letters = [column_name(column) for column in sorted(rows.nameless)[:10]]
        yield _("{columns} 列没有表头，其中的内容没有读入").format(columns=_("、").join(letters))
