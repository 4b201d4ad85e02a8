"""Reading rows fast shows what reading them cell by cell shows, however they are spelt."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sanyou_desktop.exchange.cells import column_name
from sanyou_desktop.exchange.row_places import RowPlaces
from sanyou_desktop.exchange.row_texts import Reading, RowTexts
from sanyou_desktop.exchange.styles import Styles
from sanyou_desktop.exchange.worksheet import Worksheet
from tests.exchange.test_worksheet import STYLES

READING = Reading(["甲", "", "a < b", '"/>'], Styles(STYLES.encode()), False)
# What stands behind the address of a cell.
SPELT = st.sampled_from(
    [
        "/>", ' s="1"/>', "></c>", ' s="1"><v>46086</v></c>', "><v>1E3</v></c>",
        ' t="s"><v>0</v></c>', ' s="2" t="s"><v>2</v></c>', ' t="s" s="1"><v>3</v></c>',
        ' t="s"><v>9</v></c>', ' t="s"><v> 1 </v></c>', ' t="b"><v>1</v></c>',
        ' t="inlineStr"><is><t>&lt;c r="B1"/&gt;</t></is></c>', ' t="str"><f>A1</f><v>x</v></c>',
        ' t="inlineStr"><is><t xml:space="preserve"> _x000A_ r="C1" </t></is></c>\n',
        ' t="inlineStr"><is><r><t>东</t></r><rPh sb="0" eb="1"><t>d</t></rPh></is></c>',
        " t='s'><v>0</v></c>", ' t="s"><f/><v>0</v></c>', ' t="s"><v>0</v>\n</c >',
    ]
)  # fmt: skip
ADDRESSES = st.sampled_from(['<c r="{}"', '<c r="{}"', '<c r="{}"', "<c r='{}'", '<c s="1" r="{}"'])


@given(
    cells=st.lists(st.tuples(st.integers(0, 60), ADDRESSES, SPELT), max_size=9),
    prefix=st.sampled_from(["", "x:"]),
)
def test_a_row_says_what_its_cells_say(cells: list[tuple[int, str, str]], prefix: str) -> None:
    row = 12
    placed = dict(sorted((column, (begin, rest)) for column, begin, rest in cells))
    spelt = {
        column: (begin.format(f"{column_name(column)}{row}") + rest)
        .replace("</", f"</{prefix}")
        .replace("<is>", f"<{prefix}is>").replace("<t>", f"<{prefix}t>")
        .replace("<t ", f"<{prefix}t ").replace("<v>", f"<{prefix}v>")
        .replace("<f", f"<{prefix}f").replace("<r", f"<{prefix}r")
        .replace("<c", f"<{prefix}c").encode()
        for column, (begin, rest) in placed.items()
    }  # fmt: skip
    markup = f'<{prefix}row r="{row}">'.encode() + b"".join(spelt.values())
    markup += f"</{prefix}row>".encode()
    reader = RowTexts(prefix.encode(), READING)
    slow = {column: reader.of_cell(cell) for column, cell in spelt.items()}
    shown = {column: text for column, text in slow.items() if text}
    for _twice in range(2):
        assert reader.of_row(markup, row) in (shown, None)
        for column in range(62):
            assert reader.at(markup, row, column) in (slow.get(column, ""), None)
    if all(begin == '<c r="{}"' for begin, _rest in placed.values()):
        assert reader.of_row(markup, row) == shown


@given(rests=st.lists(SPELT, max_size=9), before=st.integers(0, 3))
def test_cells_without_addresses_follow_each_other(rests: list[str], before: int) -> None:
    """The first of them may follow one that has its address."""
    first = f'<c r="{column_name(before)}5"/>' if before else ""
    markup = f'<row r="5">{first}{"".join(f"<c{rest}" for rest in rests)}</row>'.encode()
    reader = RowTexts(b"", READING)
    start = before + 1 if before else 0
    slow = {at: reader.of_cell(f"<c{rest}".encode()) for at, rest in enumerate(rests, start=start)}
    shown = {column: text for column, text in slow.items() if text}
    assert reader.of_row(markup, 5) in (shown, None)
    if not any(" r=" in rest.partition(">")[0] for rest in rests):
        assert reader.of_row(markup, 5) == shown


@given(
    numbers=st.lists(st.one_of(st.none(), st.integers(1, 40)), max_size=12),
    added=st.lists(st.integers(1, 50), unique=True, max_size=4),
)
def test_rows_are_found_by_number_in_any_order(numbers: list[int | None], added: list[int]) -> None:
    """A row without a number follows the one before; of two with one number the last counts."""
    before, expected, pieces = 0, {}, []
    for at, number in enumerate(numbers):
        before = number or before + 1
        expected[before] = at
        spelt = "" if number is None else f" spans='1:2' r=\"{number}\""
        pieces.append(f"<row{spelt}/>" if at % 3 else f"<row{spelt}><c><v>{at}</v></c></row >")
    data = f"<d>{''.join(pieces)}</d>".encode()
    places = RowPlaces(data, b"", 3, len(data) - 4)
    assert list(places) == sorted(expected)
    for number, at in expected.items():
        start, end = places.find(number) or (0, 0)
        assert data[start:end].decode() == pieces[at]
    for number in set(added) - set(expected):
        assert places.find(number) is None
        start, end = places.add(number)
        assert start == end == (places.find(number) or (0, 0))[0]
        behind = [one for one in expected if one > number]
        last = len(data) - 4
        assert start == ((places.find(min(behind)) or (0, 0))[0] if behind else last)
    assert list(places) == sorted({*expected, *added})


def test_a_cell_with_colored_letters_is_read_whole() -> None:
    """The element for the color begins as that of a cell does."""
    colored = '<is><r><rPr><color rgb="FFFF0000"/></rPr><t>350300</t></r></is>'
    row = f'<row r="5"><c r="A5" t="inlineStr">{colored}</c><c r="B5" t="s"><v>0</v></c></row>'
    sheet = Worksheet(f"<worksheet><sheetData>{row}</sheetData></worksheet>".encode(), READING, "")
    assert sheet.texts(5) == {0: "350300", 1: "甲"}
    assert [sheet.text_at(5, column) for column in range(3)] == ["350300", "甲", ""]
