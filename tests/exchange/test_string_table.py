"""Shared strings are read one by one, as the whole table would have been."""

from __future__ import annotations

from sanyou_desktop.exchange.string_table import StringTable

TABLE = (
    '<x:sst xmlns:x="urn:x"><x:si><x:t>甲 &amp; 乙</x:t></x:si><x:si/>'
    "<x:si><x:r><x:t>丙</x:t></x:r><x:r><x:t>丁</x:t></x:r><x:rPh><x:t>dīng</x:t></x:rPh></x:si>"
    "</x:sst>"
).encode()


def test_each_text_is_found_by_its_number() -> None:
    table = StringTable(TABLE)
    assert len(table) == 3
    assert list(table) == ["甲 & 乙", "", "丙丁"]
    assert table[1:] == ["", "丙丁"]
    assert table[-1] == "丙丁"


def test_a_workbook_without_the_part_has_no_texts() -> None:
    assert list(StringTable(b"")) == []
