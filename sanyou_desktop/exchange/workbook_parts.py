"""Which part of a workbook is which: its sheets by name, its strings, styles and tables."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from sanyou_desktop.exchange.errors import NotAWorkbook
from sanyou_desktop.exchange.limits import binary_workbook
from sanyou_desktop.exchange.markup import (
    attributes,
    element,
    escaped,
    namespaces,
    root_prefix,
    start_tag,
    whole,
    with_last_child,
)
from sanyou_desktop.exchange.new_sheet import new_sheet
from sanyou_desktop.exchange.new_styles import with_every_list
from sanyou_desktop.exchange.package import Package, Relationship
from sanyou_desktop.exchange.row_texts import Reading
from sanyou_desktop.exchange.sheet import Column
from sanyou_desktop.exchange.spelling import plainly
from sanyou_desktop.exchange.string_table import StringTable
from sanyou_desktop.exchange.styles import Styles
from sanyou_desktop.exchange.worksheet import Worksheet, with_last_row
from sanyou_desktop.wording import to_user

_WORKSHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_WITH_CELLS = ("worksheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet")
_HEAD_BYTES = 1024 * 1024
_TRUE = ("1", "true", "on")


@dataclass(frozen=True)
class Dialect:
    """The names of the same elements: in sheets, and in what leads to other parts."""

    main: str
    relationships: str


# ISO/IEC 29500-4, as nearly all programs write it, and -1, as Excel does on request.
TRANSITIONAL = Dialect(
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
)
STRICT = Dialect(
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)


@dataclass
class SheetEntry:
    """A worksheet as the workbook lists it."""

    name: str
    part: str


class WorkbookParts:
    """The parts of a workbook that tables are read from and written to.

    Attributes:
        forgotten: texts that were taken out of cells and may stay nowhere in the file.
    """

    def __init__(self, package: Package) -> None:
        """Find the workbook part.

        Raises:
            NotAWorkbook: there is none, as in a text document.
            Unsupported: it is binary.
        """
        self.package = package
        self.forgotten: set[str] = set()
        leading = [item for item in package.relationships("") if item.kind == "officeDocument"]
        self._part = leading[0].target if leading else ""
        if self._part.lower().endswith(".bin"):
            raise binary_workbook(package.name)
        data = package.read_list(self._part) if self._part else b""
        self._prefix = root_prefix(data)
        spoken = namespaces(data).values()
        self._dialect = STRICT if STRICT.main in spoken else TRANSITIONAL
        if self._dialect.main not in spoken:
            raise NotAWorkbook(
                to_user(
                    "{name} 不是 Excel 工作簿（.xlsx）。文件未变，请另存为 .xlsx 后再试。"
                ).format(name=package.name)
            )

    @cached_property
    def reading(self) -> Reading:
        """What the cells of this workbook mean."""
        part = self.strings_part
        strings = StringTable(self.package.read_markup(part) if part else b"")
        return Reading(strings, self.styles, self.is_1904)

    @cached_property
    def styles(self) -> Styles:
        """The cell formats, to be added to; a workbook without any shows the default look."""
        part = self.styles_part
        data = self.package.read_list(part) if part else b""
        sheets = map(self.package.read, self.parts_with_cells())
        return Styles(with_every_list(data, self._dialect.main, sheets))

    def keep_styles(self) -> None:
        """Put the cell formats back if any was added; in a part of their own if there is none."""
        if not self.styles.has_grown:
            return
        part = self.styles_part
        if part:
            self.package.replace(part, self.styles.data)
            return
        leads = [one.target for one in self._leads("styles")]
        part = next((name for name in (*leads, "xl/styles.xml") if not self.package.has(name)), "")
        part = part or self.package.free_name("xl/styles{}.xml")
        self.package.add(part, self.styles.data, _STYLES_TYPE)
        if part not in leads:
            self.package.relate(self._part, f"{self._dialect.relationships}/styles", part)

    @property
    def is_1904(self) -> bool:
        """Whether days are counted from 1904 (18.2.28)."""
        data = self.package.read_list(self._part)
        found = start_tag(self._prefix + b"workbookPr").search(data)
        held = attributes(found.group(1)) if found else {}
        return held.get("date1904", "0") in _TRUE

    def sheets(self) -> list[SheetEntry]:
        """Return the worksheets in order."""
        data = self.package.read_list(self._part)
        leads = {item.id: item for item in self.package.relationships(self._part)}
        found = []
        for match in start_tag(self._prefix + b"sheet").finditer(data):
            held = attributes(match.group(1))
            target = leads.get(self._relationship_id(data, held))
            if target is not None and target.kind == "worksheet":
                found.append(SheetEntry(held.get("name", ""), target.target))
        return found

    def sheet_names(self) -> set[str]:
        """Return the names of all sheets, those that hold a chart or a macro alone too."""
        data = self.package.read_list(self._part)
        found = start_tag(self._prefix + b"sheet").finditer(data)
        return {attributes(match.group(1)).get("name", "") for match in found}

    def worksheet(self, entry: SheetEntry, *, alone: bool = False) -> Worksheet:
        """Return a worksheet for editing; ``alone`` as in ``Package.read_markup``."""
        data = self.package.read_markup(entry.part, alone=alone)
        return Worksheet(data, self.reading, self.package.name)

    def head_of(self, entry: SheetEntry, rows: int) -> Worksheet:
        """Return a worksheet with only its first ``rows``, to look for headers; not for editing.

        It may have been cut in any place, and was not checked.
        """
        data, _spelling = plainly(self.package.begin_of(entry.part, _HEAD_BYTES))
        prefix = root_prefix(data)
        # Behind the last whole row, the end of every row begun would be looked for in vain.
        end = data.rfind(b"</" + prefix + b"row>") + len(prefix) + len(b"</row>")
        found = islice(element(prefix + b"row").finditer(data, 0, end), rows)
        kept = b"".join(match.group(0) for match in found)
        whole_part = b"<%bsheetData>%b</%bsheetData>" % (prefix, kept, prefix)
        return Worksheet(whole_part, self.reading, self.package.name)

    def keep(
        self, entry: SheetEntry, worksheet: Worksheet, header_row: int, ended: int, last: int
    ) -> None:
        """Put an edited worksheet back, with what depends on it.

        Its last filled row was ``ended`` and is ``last`` now.
        """
        self._extend_tables(entry, header_row, ended, last)
        self.package.replace_by_pieces(entry.part, worksheet.pieces())
        self.keep_styles()
        if worksheet.formulas_lost:
            self.drop_calculation_chain()

    def add_sheet(self, name: str, title: str, columns: tuple[Column, ...]) -> SheetEntry:
        """Add a worksheet with a title and headers after the last one."""
        part = self.package.free_name("xl/worksheets/sheet{}.xml")
        made = new_sheet(self._dialect.main, title, columns, self.reading.styles)
        self.package.add(part, made, _WORKSHEET_TYPE)
        leading = self._dialect.relationships
        kind = f"{leading}/worksheet"
        relationship = self.package.relate(self._part, kind, part)
        data = self.package.read_list(self._part)
        used = [
            attributes(match.group(1)).get("sheetId", "0")
            for match in start_tag(self._prefix + b"sheet").finditer(data)
        ]
        number = max((whole(held) for held in used), default=0) + 1
        known = {uri: prefix for prefix, uri in namespaces(data).items()}
        prefix = known.get(leading)
        declared = "" if prefix else f' xmlns:r="{leading}"'
        child = (
            f'<{self._prefix.decode()}sheet name="{escaped(name)}" sheetId="{number}"'
            f'{declared} {prefix or "r"}:id="{relationship}"/>'
        )
        listed = with_last_child(data, self._prefix + b"sheets", child.encode())
        self.package.replace(self._part, listed)
        return SheetEntry(name, part)

    @property
    def part(self) -> str:
        """The name of the workbook part."""
        return self._part

    @property
    def styles_part(self) -> str:
        """The name of the part with the cell formats, "" if there is none."""
        return self._related("styles")

    @property
    def strings_part(self) -> str:
        """The name of the part with the shared strings, "" if there is none."""
        return self._related("sharedStrings")

    def parts_with_cells(self) -> list[str]:
        """Return the names of all parts that cells stand in, hidden and old kinds of sheets too."""
        return [
            item.target
            for item in self.package.relationships(self._part)
            if item.kind in _WITH_CELLS
        ]

    def _related(self, kind: str) -> str:
        """Return the part of that kind, "" if there is none, or only something leading to it."""
        return next((one.target for one in self._leads(kind) if self.package.has(one.target)), "")

    def _leads(self, kind: str) -> list[Relationship]:
        return [item for item in self.package.relationships(self._part) if item.kind == kind]

    def _relationship_id(self, data: bytes, held: dict[str, str]) -> str:
        for prefix, uri in namespaces(data).items():
            if uri == self._dialect.relationships and f"{prefix}:id" in held:
                return held[f"{prefix}:id"]
        return held.get("r:id", "")

    def _extend_tables(self, entry: SheetEntry, header_row: int, ended: int, last: int) -> None:
        """Let an Excel table that ended with the last filled row end with the new last one."""
        for item in self.package.relationships(entry.part):
            if item.kind != "table" or last <= ended:
                continue
            data = self.package.read_markup(item.target)
            prefix = root_prefix(data)
            found = start_tag(prefix + b"table").search(data)
            held = attributes(found.group(1)) if found else {}
            covers = held.get("ref", "").partition(":")
            is_ours = covers[0].lstrip("$ABCDEFGHIJKLMNOPQRSTUVWXYZ") == str(header_row)
            reaches = covers[2].lstrip("$ABCDEFGHIJKLMNOPQRSTUVWXYZ") == str(ended)
            if not (is_ours and reaches) or whole(held.get("totalsRowCount", "")):
                continue
            for tag in (b"table", b"autoFilter"):
                tagged = start_tag(prefix + tag).search(data)
                if tagged is not None:
                    made = with_last_row(tagged.group(0), last)
                    data = data[: tagged.start()] + made + data[tagged.end() :]
            self.package.replace(item.target, data)

    def drop_calculation_chain(self) -> None:
        """Excel makes it anew; one that lists a cell without a formula is reported as damage."""
        part = self._related("calcChain")
        if part:
            self.package.remove(self._part, part)
