"""Entries that nobody changes move over as they are; readers that did not write them agree."""

from __future__ import annotations

import io
import zipfile
from typing import IO, Any

from hypothesis import given
from hypothesis import strategies as st

from sanyou_desktop.exchange.zip_archive import Entry, written
from tests.exchange.stored import archive_of, contents, stored

NAMES = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters='\\/:"'), min_size=1
).map(lambda name: f"xl/{name}.xml")
PARTS = st.dictionaries(NAMES, st.binary(max_size=2000), max_size=6)
METHODS = st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])


class Unseekable(io.RawIOBase):
    """A pipe: sizes are not known when an entry's header is written."""

    def __init__(self) -> None:
        super().__init__()
        self.written = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.written += data
        return len(data)


def kept(data: bytes) -> bytes:
    """Return an archive made of another's entries."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = [Entry.kept(data, info) for info in archive.infolist()]
        return written(entries, archive.comment)


def streamed(parts: dict[str, bytes], target: IO[bytes]) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


@given(parts=PARTS, method=METHODS)
def test_entries_keep_stored_bytes_time_order_and_content(
    parts: dict[str, bytes], method: int
) -> None:
    data = archive_of(parts, method)
    assert list(stored(kept(data)).items()) == list(stored(data).items())


@given(parts=PARTS)
def test_entries_whose_sizes_stand_behind_their_data_are_kept(parts: dict[str, bytes]) -> None:
    target = Unseekable()
    streamed(parts, target)  # type: ignore[arg-type]  # zipfile only writes to it
    data = bytes(target.written)
    assert stored(kept(data)) == stored(data)
    assert contents(kept(data)) == parts


def test_comments_times_and_permissions_are_kept() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        info = zipfile.ZipInfo("xl/图.xml", (2006, 7, 24, 15, 30, 58))
        info.comment = "莆田".encode()
        info.external_attr = 0o100640 << 16
        info.create_system = 0
        archive.writestr(info, b"<a/>")
        archive.comment = b"by another program"
    again = kept(made.getvalue())
    assert stored(again) == stored(made.getvalue())
    with zipfile.ZipFile(io.BytesIO(again)) as archive:
        assert archive.comment == b"by another program"
        assert archive.infolist()[0].create_system == 0


def test_headers_of_the_large_format_are_kept_in_the_small_one() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("xl/a.xml", "w", force_zip64=True) as part:
            part.write(b"<a/>" * 1000)
        archive.writestr("xl/b.xml", b"<b/>")
    again = kept(made.getvalue())
    assert stored(again) == stored(made.getvalue())


def test_an_archive_behind_other_bytes_is_read_where_it_begins() -> None:
    data = b"#!/bin/sh\nexit\n" + archive_of({"xl/a.xml": b"<a/>", "xl/b.xml": b"<b/>"})
    assert contents(kept(data)) == {"xl/a.xml": b"<a/>", "xl/b.xml": b"<b/>"}


@given(before=st.binary(max_size=500), after=st.binary(max_size=500), method=METHODS)
def test_other_content_is_compressed_as_the_entry_was(
    before: bytes, after: bytes, method: int
) -> None:
    data = archive_of({"xl/表.xml": before}, method)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entry = Entry.kept(data, archive.infolist()[0]).with_content([after])
    again = stored(written([entry]))["xl/表.xml"]
    assert again.content == after
    assert (again.method, again.when) == (method, stored(data)["xl/表.xml"].when)


def test_equal_content_gives_equal_files() -> None:
    made = [written([Entry.made("xl/表.xml", b"<a/>")]) for _ in range(2)]
    assert made[0] == made[1]
    assert contents(made[0]) == {"xl/表.xml": b"<a/>"}


def test_an_archive_of_nothing_is_an_archive() -> None:
    assert contents(written([])) == {}
