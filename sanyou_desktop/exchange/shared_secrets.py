"""What a shared workbook may show no longer: which rows, which names in rows, and where else.

Rows of records that became confidential are emptied, and other rows stop naming them. What other
parts of the file copied from them meanwhile is others' (a pivot table's cache, a chart, a formula)
and keeps its bytes: that it is there is told, with what to do.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from sanyou_desktop.exchange.markup import escaped, escaped_content
from sanyou_desktop.exchange.shared_strings import places_shown
from sanyou_desktop.exchange.workbook_parts import WorkbookParts
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.query import IS_CONFIDENTIAL, Filter, Query
from sanyou_desktop.model.fields import LongText, Reference
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.model.record import Record, value_of
from sanyou_desktop.wording import N_, _

# SQLite takes so many values in one question.
_AT_ONCE = 500
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
        marked = [
            one for target in field.kinds for one in confidential_ids(ledger, target, own=False)
        ]
        for at in range(0, len(marked), _AT_ONCE):
            leads = (Filter(key, tuple(marked[at : at + _AT_ONCE])),)
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

    What living rows of our tables, in the parts ``own``, say as well betrays nothing.
    """
    wanted = _Wanted(texts)
    for part in own:
        wanted.drop(parts, part)
    sheets = {entry.part.lower(): entry.name for entry in parts.sheets()}
    cells = {part.lower() for part in parts.parts_with_cells()}
    skipped = {parts.strings_part.lower(), parts.styles_part.lower(), parts.part.lower()}
    found: dict[Remain, None] = {}
    for part in parts.package.names():
        key = part.lower()
        if key in skipped or key.startswith(_BESIDE) or not key.endswith((".xml", ".vml")):
            continue
        data = _spelt_out(parts.package.read(part))
        shown = parts if key in cells else None
        if wanted.stands_in(data) or (shown and wanted.shown_in(shown, data)):
            found[_remain(key, sheets)] = None
    return list(found)


class _Wanted:
    """The texts that are looked for, as they stand in markup."""

    def __init__(self, texts: Iterable[str]) -> None:
        lines = (max(text.splitlines(), key=len, default="").strip() for text in texts)
        kept = {line for line in lines if len(line) >= _SHORTEST}
        self._texts = set(sorted(kept, key=len, reverse=True)[:_MOST_TEXTS])

    def drop(self, parts: WorkbookParts, part: str) -> None:
        """Look no longer for what the cells of a part say."""
        data = _spelt_out(parts.package.read_markup(part))
        strings = parts.reading.strings
        places = places_shown(data) or set()
        said = {strings[place] for place in places if 0 <= place < len(strings)}
        together = "\n".join(said)
        self._texts = {
            text
            for text in self._texts
            if not (text in said or (len(text) >= _TELLING and text in together))
            and not _holds(data, text, b">", b"<")
        }

    def stands_in(self, data: bytes) -> bool:
        """Tell whether markup holds one of the texts, short ones by themselves."""
        return any(_holds(data, text) for text in self._texts)

    def shown_in(self, parts: WorkbookParts, data: bytes) -> bool:
        """Tell whether a sheet's cells show a shared string that holds one of the texts."""
        said = {place for place, text in enumerate(parts.reading.strings) if self._says(text)}
        if not said:
            return False
        shown = places_shown(data)
        return shown is None or not said.isdisjoint(shown)

    def _says(self, string: str) -> bool:
        return string in self._texts or any(
            len(text) >= _TELLING and text in string for text in self._texts
        )


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
