"""What a shared workbook may show no longer: which rows, which names in rows, and where else.

Rows of records that became confidential are emptied, and other rows stop naming them. What other
parts of the file copied from them meanwhile is others' (a pivot table's cache, a chart, a formula)
and keeps its bytes: that it is there is told, with what to do.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from sanyou_desktop.exchange.markup import escaped, escaped_content
from sanyou_desktop.exchange.shared_strings import places_shown
from sanyou_desktop.exchange.spelling import plainly
from sanyou_desktop.exchange.workbook_parts import WorkbookParts
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.query import IS_CONFIDENTIAL, Filter, Query
from sanyou_desktop.model.fields import LongText, Reference
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.model.record import Record, value_of
from sanyou_desktop.wording import N_, _

# A shorter text stands in many places by chance: it counts only where it is all that stands there.
_TELLING = 8
_SHORTEST = 2
# Looked for one after another in every part.
_MOST_TEXTS = 400
# Never others' text: what the program reads and writes by itself, and what only points.
_NUMBERED = re.compile(rb"&#(?:(\d{1,7})|x([0-9A-Fa-f]{1,6}));")
_BESIDE = ("[content_types].xml", "docprops/")
_KINDS = (
    ("xl/pivotcache/", N_("数据透视表")),
    ("xl/pivottables/", N_("数据透视表")),
    ("xl/slicer", N_("切片器")),
    ("xl/charts/", N_("图表")),
    ("xl/threadedcomments/", N_("批注")),
    ("xl/comments", N_("批注")),
    ("xl/drawings/", N_("图形")),
)


def confidential_ids(ledger: Ledger, kind: str, *, own: bool = True) -> list[str]:
    """Return the ids of confidential records, those in the recycle bin included."""
    unit = ledger.unit if own else ""
    return [
        record_id
        for deleted in (False, True)
        for record_id in ledger.ids(
            kind, Query(unit=unit, deleted=deleted, filters=(IS_CONFIDENTIAL,))
        )
    ]


def naming(ledger: Ledger, kind: str) -> dict[str, set[str]]:
    """Return which records of a kind name a confidential one: by id, the fields that lead to it."""
    found: dict[str, set[str]] = {}
    for key, field in kind_of(kind).fields.items():
        if not isinstance(field, Reference):
            continue
        marked = (
            one for target in field.kinds for one in confidential_ids(ledger, target, own=False)
        )
        leads = (Filter(key, tuple(marked)),)
        for deleted in (False, True):
            query = Query(unit=ledger.unit, deleted=deleted, filters=leads)
            for record_id in ledger.ids(kind, query):
                found.setdefault(record_id, set()).add(key)
    return found


def telling_texts(record: Record) -> Iterator[str]:
    """Yield what of a record betrays it wherever it stands: its title and its longer texts."""
    yield record.title
    for key, field in kind_of(record.kind).fields.items():
        if isinstance(field, LongText):
            yield value_of(record, key)


@dataclass(frozen=True)
class Remain:
    """Where else in the file something stands: a kind of part (``N_``), or a sheet by its name."""

    kind: str
    name: str = ""

    def __str__(self) -> str:
        """Return it in words."""
        return _(self.kind).format(name=self.name)


def remains_of(parts: WorkbookParts, own: Collection[str], texts: Iterable[str]) -> list[Remain]:
    """Return where else in the file one of ``texts`` stands, each place once.

    What living rows of our tables, in the parts ``own``, say as well betrays nothing: they are long
    and are looked at last, for what was found elsewhere alone.
    """
    wanted, ours = _looked_for(texts), {part.lower() for part in own}
    sheets = {entry.part.lower(): entry.name for entry in parts.sheets()}
    cells = {part.lower() for part in parts.parts_with_cells()} - ours
    skipped = {parts.strings_part.lower(), parts.styles_part.lower(), parts.part.lower()}
    strings = _Strings(parts, wanted)
    found: dict[Remain, set[str]] = {}
    for part in parts.package.names():
        key = part.lower()
        if key in skipped or key.startswith(_BESIDE) or not key.endswith((".xml", ".vml")):
            continue
        data, _spelling = plainly(parts.package.read(part))
        data = _spelt_out(_around_cells(data) if key in ours else data)
        told = {text for text in wanted if _holds(data, text)}
        if key in cells:
            told |= strings.shown_in(data)
        if told:
            found.setdefault(_remain(key, sheets), set()).update(told)
    every = set().union(*found.values())
    innocent = _also_said(parts, own, every) if every else every
    return [place for place, told in found.items() if told - innocent]


def _looked_for(texts: Iterable[str]) -> set[str]:
    """Return the longest line of each text, which is enough to know it by."""
    lines = (max(text.splitlines(), key=len, default="").strip() for text in texts)
    kept = {line for line in lines if len(line) >= _SHORTEST}
    return set(sorted(kept, key=len, reverse=True)[:_MOST_TEXTS])


def _also_said(parts: WorkbookParts, own: Collection[str], texts: set[str]) -> set[str]:
    """Return those of the texts that cells of our tables say."""
    strings = _Strings(parts, texts)
    said: set[str] = set()
    for part in own:
        data = parts.package.read_markup(part, alone=True)
        said |= strings.shown_in(data)
        cells = _spelt_out(data[data.find(b"sheetData") : data.rfind(b"sheetData")])
        said |= {text for text in texts if _holds(cells, text, b">", b"<")}
    return said


class _Strings:
    """The shared strings that hold one of some texts."""

    def __init__(self, parts: WorkbookParts, texts: set[str]) -> None:
        self._parts, self._texts = parts, texts

    @cached_property
    def _held(self) -> dict[int, set[str]]:
        strings = list(self._parts.reading.strings)
        together = "\n".join(strings)
        likely = {text for text in self._texts if text in together}
        held = {}
        for place, string in enumerate(strings if likely else ()):
            told = {one for one in likely if len(one) >= _TELLING and one in string}
            told |= likely & {string}
            if told:
                held[place] = told
        return held

    def shown_in(self, data: bytes) -> set[str]:
        """Return the texts that the cells of a sheet's part show."""
        if not self._held:
            return set()
        shown = places_shown(data)
        places = self._held if shown is None else self._held.keys() & shown
        return set().union(*(self._held[place] for place in places))


def _around_cells(data: bytes) -> bytes:
    """Return a sheet's part without its cells: with its filters, rules and lists of choices."""
    return data[: data.find(b"sheetData")] + b" " + data[data.rfind(b"sheetData") :]


def _spelt_out(data: bytes) -> bytes:
    """Return markup with Chinese characters themselves where some programs write their numbers."""
    return _NUMBERED.sub(_character, data) if b"&#" in data else data


def _character(match: re.Match[bytes]) -> bytes:
    number = int(match.group(1) or b"0") or int(match.group(2) or b"0", 16)
    is_one = 0x80 <= number < 0x110000 and not 0xD800 <= number < 0xE000
    return chr(number).encode() if is_one else match.group(0)


def _holds(data: bytes, text: str, before: bytes = b">\"'", after: bytes = b"<\"'") -> bool:
    """Tell whether markup holds a text; a short one stands between ``before`` and ``after``."""
    for spelt in {escaped(text).encode(), escaped_content(text).encode()}:
        at = data.find(spelt)
        while at >= 0:
            end = at + len(spelt)
            if len(text) >= _TELLING or (
                data[at - 1 : at] in before and data[end : end + 1] in after
            ):
                return True
            at = data.find(spelt, end)
    return False


def _remain(part: str, sheets: dict[str, str]) -> Remain:
    if part in sheets:
        return Remain(N_("工作表「{name}」"), sheets[part])
    known = next((kind for begin, kind in _KINDS if part.startswith(begin)), "")
    return Remain(known or N_("文件的其他部分（{name}）"), "" if known else part)
