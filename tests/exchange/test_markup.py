"""Patterns find what a parser finds, and change nothing else."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from sanyou_desktop.exchange.errors import ExchangeError, NotAWorkbook, Unsupported
from sanyou_desktop.exchange.markup import (
    attributes,
    by_rows,
    checked,
    element,
    escaped,
    namespaces,
    root_prefix,
    start_tag,
    unescaped,
    with_attribute,
    with_last_child,
    without_attribute,
)

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
# What XML 1.0 (2.2) allows, without what attribute normalisation (3.3.3) turns into a space.
LEGAL = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff", codec="utf-8")
)
KEYS = st.sampled_from(["r", "s", "ref", "spans", "customHeight", "count"])


def attributes_of(parsed: etree._Element) -> dict[str, str]:
    return {str(key): str(value) for key, value in parsed.attrib.items()}


def refused(data: bytes) -> ExchangeError:
    with pytest.raises(ExchangeError) as caught:
        checked(data, "xl/workbook.xml", "共享.xlsx")
    assert "共享.xlsx" in str(caught.value)
    assert "xl/workbook.xml" in str(caught.value)
    return caught.value


@given(text=LEGAL)
def test_escaped_text_says_the_same_to_a_parser(text: str) -> None:
    parsed = etree.fromstring(f'<a b="{escaped(text)}">{escaped(text)}</a>'.encode())
    assert (parsed.text or "") == parsed.get("b") == text
    assert unescaped(escaped(text)) == text


def test_references_by_number_are_read() -> None:
    assert unescaped("&#20248;&#x4F18;&#x1F600;&quot;&apos;&amp;lt;") == "优优😀\"'&lt;"


@given(held=st.dictionaries(KEYS, LEGAL))
def test_attributes_are_those_that_a_parser_sees(held: dict[str, str]) -> None:
    made = etree.tostring(etree.Element("row", held), encoding="utf-8")
    found = start_tag(b"row").match(made)
    assert found is not None
    assert attributes(found.group(1)) == held


def test_attributes_may_be_spaced_and_quoted_either_way() -> None:
    found = start_tag(b"c").match(b"<c\n r = 'A1'\ts= \"2\"  />")
    assert found is not None
    assert attributes(found.group(1)) == {"r": "A1", "s": "2"}
    assert found.group(2) == b"/"


@given(held=st.dictionaries(KEYS, LEGAL), key=KEYS, value=LEGAL, is_empty=st.booleans())
def test_setting_an_attribute_sets_only_that_one(
    held: dict[str, str], key: str, value: str, is_empty: bool
) -> None:
    root = etree.Element("row", held)
    root.text = None if is_empty else 'a r="1"'
    parsed = etree.fromstring(with_attribute(etree.tostring(root, encoding="utf-8"), key, value))
    assert attributes_of(parsed) == held | {key: value}
    assert parsed.text == root.text


@given(held=st.dictionaries(KEYS, LEGAL), key=KEYS)
def test_removing_an_attribute_removes_only_that_one(held: dict[str, str], key: str) -> None:
    made = etree.tostring(etree.Element("row", held), encoding="utf-8")
    parsed = etree.fromstring(without_attribute(made, key))
    assert attributes_of(parsed) == {name: text for name, text in held.items() if name != key}


def test_an_attribute_is_not_sought_inside_the_value_of_another() -> None:
    tag = b"<row note=\"a r='9' b\" r='1'/>"
    assert with_attribute(tag, "r", "2") == b'<row note="a r=\'9\' b" r="2"/>'
    assert without_attribute(tag, "r") == b"<row note=\"a r='9' b\"/>"


def test_an_attribute_of_another_namespace_is_another_attribute() -> None:
    tag = b'<row x14ac:dyDescent="0.2" r="1">'
    assert with_attribute(tag, "dyDescent", "1") == (
        b'<row x14ac:dyDescent="0.2" r="1" dyDescent="1">'
    )


def test_an_element_is_not_one_whose_name_begins_alike() -> None:
    data = b'<cols><col min="1"/></cols><c r="A1"/><c r="B1"><v>1</v></c><cm>2</cm>'
    found = [(match.group(1), match.group(2)) for match in element(b"c").finditer(data)]
    assert found == [(b' r="A1"', None), (b' r="B1"', b"<v>1</v>")]


@pytest.mark.parametrize("spelling", ["<{p}a{d}><{p}b/></{p}a>", "\ufeff<?xml version='1.0'?>"])
@pytest.mark.parametrize("prefix", ["", "x"])
def test_the_prefix_of_the_main_namespace_is_known(prefix: str, spelling: str) -> None:
    colon = f"{prefix}:" if prefix else ""
    declared = f' xmlns{":" + prefix if prefix else ""}="{MAIN}"'
    whole = spelling if "{p}" in spelling else spelling + "\n<{p}a{d}/>"
    data = whole.format(p=colon, d=declared).encode()
    assert root_prefix(data) == colon.encode()
    assert namespaces(data) == {prefix: MAIN}


def test_a_child_is_put_last_whatever_the_parent_was() -> None:
    assert with_last_child(b"<a><p/></a>", b"p", b"<c/>") == b"<a><p><c/></p></a>"
    assert with_last_child(b"<a><p><b/></p></a>", b"p", b"<c/>") == b"<a><p><b/><c/></p></a>"
    counted = with_last_child(b'<p count="1"><b/></p>', b"p", b"<c/>", count=True)
    assert counted == b'<p count="2"><b/><c/></p>'


@pytest.mark.parametrize(
    "data",
    [
        b"<a><!-- <b/> --></a>",
        b"<a><![CDATA[<b/>]]></a>",
        b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        "<a>优</a>".encode("utf-16"),
        '<?xml version="1.0" encoding="UTF-16"?><a>优</a>'.encode("utf-16-le"),
        '<?xml version="1.0"?><a>优</a>'.encode("utf-16-be"),
        '<?xml version="1.0" encoding="GB2312"?><a>优</a>'.encode("gb2312"),
        '<?xml version="1.0" encoding="iso-8859-1"?><a>é</a>'.encode("latin-1"),
    ],
)
def test_what_patterns_would_misread_is_refused(data: bytes) -> None:
    assert isinstance(refused(data), Unsupported)


@pytest.mark.parametrize("data", [b"", b"<a>", b"<a></b>", b"<a b></a>", b"<a>\xff</a>", b"PK\3\4"])
def test_what_is_not_well_formed_is_refused(data: bytes) -> None:
    assert isinstance(refused(data), NotAWorkbook)


def test_what_is_plain_passes_as_it_is() -> None:
    data = '\ufeff<?xml version="1.0" encoding="utf-8" standalone="yes"?>\r\n<a>优</a>'.encode()
    assert checked(data, "xl/workbook.xml", "共享.xlsx") == data


@given(
    rows=st.lists(
        st.lists(st.sampled_from(["<c><f/></c>", "<c><t>row</t></c>", "<c><f>1</f></c>"]))
    ),
    piece=st.integers(1, 60),
    prefix=st.sampled_from(["", "x:"]),
)
def test_rows_are_searched_piece_by_piece_as_all_at_once(
    rows: list[list[str]], piece: int, prefix: str
) -> None:
    part = "".join(
        f'<{prefix}row r="{at}">{"".join(row)}</{prefix}row>' for at, row in enumerate(rows)
    )
    data = f"<sheetData>{part}</sheetData>".encode()
    for pattern in (re.compile(rb"</f>\s*</c>|<f/>\s*</c>"), start_tag(f"{prefix}row".encode())):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("sanyou_desktop.exchange.markup._SEARCHED", piece)
            found = [match.span() for match in by_rows(pattern, data)]
        assert found == [match.span() for match in pattern.finditer(data)]
