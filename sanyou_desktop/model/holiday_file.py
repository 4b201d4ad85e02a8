"""The file a holiday table comes in: JSON as shipped, or lines of 日期,放假 and 日期,上班.

    {"year": 2026, "source": "国务院办公厅关于…的通知",
     "off": ["2026-01-01/2026-01-03", "2026-04-06"], "work": ["2026-01-04"]}

A day is written as everywhere in the program, a stretch of days with ``/`` or 至 between its first
and last day. A JSON file may hold one table or a list of them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from sanyou_desktop.model.edtf import BadDate, PartialDate
from sanyou_desktop.model.working_days import HolidayTable
from sanyou_desktop.wording import _

_MARKS = {"放假": False, "休": False, "off": False, "上班": True, "班": True, "work": True}
_HEADERS = ("日期", "date")
_LONGEST = 31
_DECEMBER = 12


class BadHolidays(ValueError):
    """A text that is no holiday table; the message, for the user, names the line."""


def parse_holidays(text: str) -> list[HolidayTable]:
    """Read the tables of a file, whichever of the two forms it has.

    Raises:
        BadHolidays: not a table, with the line and what to write there.
    """
    text = text.lstrip("\ufeff")
    if not text.strip():
        raise BadHolidays(_("文件是空的，节假日表没有改动。请每行写一个日期和「放假」或「上班」。"))
    if text.lstrip()[0] in "{[":
        return _of_json(text)
    return _of_lines(text)


def write_holidays(tables: Iterable[HolidayTable]) -> str:
    """Return the JSON of some tables, by year, one day or stretch a line."""
    found = [
        {
            "year": table.year,
            "source": table.source,
            "off": _stretches(table.off),
            "work": [str(day) for day in sorted(table.work)],
        }
        for table in sorted(tables, key=lambda table: table.year)
    ]
    return json.dumps(found[0] if len(found) == 1 else found, ensure_ascii=False, indent=2) + "\n"


def _of_json(text: str) -> list[HolidayTable]:
    try:
        given = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise _bad(line, _("不是完整的 JSON，请对照导出的文件改好括号、引号和逗号")) from error
    tables = [_table(one, text) for one in (given if isinstance(given, list) else [given])]
    if not tables:
        raise _bad(1, _("没有任何年份"))
    years = [table.year for table in tables]
    for year in years:
        if years.count(year) > 1:
            raise _bad(1, _("{year} 年写了两次，请合并").format(year=year))
    return tables


def _table(given: Any, text: str) -> HolidayTable:  # noqa: ANN401 - JSON of any shape
    if not isinstance(given, dict):
        raise _bad(1, _("每个年份应是一组 year、off、work"))
    year = given.get("year")
    if type(year) is not int or not 1949 <= year <= 2199:
        raise _bad(_line_of(text, '"year"'), _("year 应是四位年份，如 2026"))
    days: dict[date, tuple[bool, int]] = {}
    for key, works in (("off", False), ("work", True)):
        listed = given.get(key, [])
        if not isinstance(listed, list) or not all(isinstance(item, str) for item in listed):
            raise _bad(_line_of(text, f'"{key}"'), _("{key} 应是日期的列表").format(key=key))
        for item in listed:
            line = _line_of(text, json.dumps(item, ensure_ascii=False))
            for day in _days(item, line):
                _mark(days, day, works=works, line=line)
    for day, (_works, line) in days.items():
        if day.year != year and (day.year, day.month) != (year - 1, _DECEMBER):
            raise _bad(line, _("{day} 不在 {year} 年").format(day=day, year=year))
    if not days:
        raise _bad(_line_of(text, '"year"'), _("{year} 年没有任何日期").format(year=year))
    source = given.get("source", "")
    return _made(year, days, str(source)[:200])


def _of_lines(text: str) -> list[HolidayTable]:
    days: dict[date, tuple[bool, int]] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        parts = [part.strip(' "') for part in re.split(r"[,，;；\t]|\s{1,}", line) if part.strip()]
        if not parts or parts[0].startswith("#"):
            continue
        if not days and parts[0].lower() in _HEADERS:
            continue
        mark = parts[1].lower() if len(parts) > 1 else ""
        if mark not in _MARKS:
            raise _bad(number, _("日期后面应写「放假」或「上班」"))
        for day in _days(parts[0], number):
            _mark(days, day, works=_MARKS[mark], line=number)
    if not days:
        raise _bad(1, _("没有任何日期"))
    years = {day.year for day in days}
    grouped: dict[int, dict[date, tuple[bool, int]]] = {}
    for day, marked in days.items():
        # A New Year's holiday that begins in December belongs to the year after.
        year = day.year
        alone = all(other.month == _DECEMBER for other in days if other.year == year)
        if alone and year + 1 in years:
            year += 1
        grouped.setdefault(year, {})[day] = marked
    return [_made(year, found, "") for year, found in sorted(grouped.items())]


def _made(year: int, days: dict[date, tuple[bool, int]], source: str) -> HolidayTable:
    off = frozenset(day for day, (works, _line) in days.items() if not works)
    work = frozenset(day for day, (works, _line) in days.items() if works)
    return HolidayTable(year, off, work, source)


def _mark(days: dict[date, tuple[bool, int]], day: date, *, works: bool, line: int) -> None:
    if days.get(day, (works, 0))[0] != works:
        raise _bad(line, _("{day} 又放假又上班，请留一个").format(day=day))
    days.setdefault(day, (works, line))


def _days(written: str, line: int) -> Iterator[date]:
    ends = [_day(part, line) for part in re.split(r"/(?=\d{4}-)|至|~", written, maxsplit=1)]
    length = (ends[-1] - ends[0]).days + 1
    if not 1 <= length <= _LONGEST:
        raise _bad(
            line, _("「{text}」不是从先到后、一个月以内的几天").format(text=written.strip()[:40])
        )
    for number in range(length):
        yield ends[0] + timedelta(days=number)


def _day(written: str, line: int) -> date:
    try:
        read = PartialDate.parse(written)
    except BadDate as error:
        raise _bad(line, str(error)) from error
    day = read.first()
    if day is None or read.precision != "day":
        raise _bad(line, _("「{text}」没有写到哪年哪日，应如 2026-10-01").format(text=written[:40]))
    return day


def _stretches(days: Iterable[date]) -> list[str]:
    found: list[list[date]] = []
    for day in sorted(days):
        # A stretch is written at most as long as it may be read.
        joins = found and day - found[-1][-1] == timedelta(days=1) and len(found[-1]) < _LONGEST
        if joins:
            found[-1].append(day)
        else:
            found.append([day])
    return [str(run[0]) if len(run) == 1 else f"{run[0]}/{run[-1]}" for run in found]


def _line_of(text: str, part: str) -> int:
    return text.count("\n", 0, max(text.find(part), 0)) + 1


def _bad(line: int, what: str) -> BadHolidays:
    return BadHolidays(
        _("第 {line} 行：{what}。节假日表没有改动，请改好文件后再导入。").format(
            line=line, what=what
        )
    )
