"""Files of records: kept once, read back as they were, swept when nothing needs them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sanyou_desktop.ledger import attachments
from sanyou_desktop.ledger.attachments import media_type_of
from sanyou_desktop.ledger.errors import BadFile, LedgerDamaged, LedgerReadOnly
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.pledge import Pledge
from sanyou_desktop.model.unit import Unit

UNIT = "350300"
TWO_DAYS_ON = datetime.now(UTC) + timedelta(days=2)
PHOTO = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 8


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.create(tmp_path / "台账.sanyou", Unit(code=UNIT, name="莆田市")) as ledger:
        yield ledger


def kept(ledger: Ledger) -> int:
    return int(ledger._conn.execute("SELECT count(*) FROM attachment").fetchone()[0])


def test_a_file_is_read_back_as_it_was(ledger: Ledger, tmp_path: Path) -> None:
    # More than one piece, and not a whole number of them.
    content = os.urandom(2 * 1024 * 1024 + 7)
    source = tmp_path / "扫描件.pdf"
    source.write_bytes(content)
    row = ledger.attachments.add(source, source.name)
    assert (row.name, row.size) == ("扫描件.pdf", len(content))
    assert row.sha256 == hashlib.sha256(content).hexdigest()
    assert row.key
    assert ledger.attachments.read(row.sha256) == content


def test_the_same_bytes_are_kept_once(ledger: Ledger) -> None:
    first = ledger.attachments.add(PHOTO, "甲.jpg")
    second = ledger.attachments.add(PHOTO, "乙.jpg")
    assert first.sha256 == second.sha256
    assert first.key != second.key
    assert kept(ledger) == 1


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("C:\\照片\\一.jpg", "一.jpg"),
        ("../../etc/一.jpg", "一.jpg"),
        ("一\u202egpj.exe\x00", "一gpj.exe"),
        ("", "附件"),
        ("/", "附件"),
        ("长" * 300 + ".docx", "长" * 250 + ".docx"),
    ],
)
def test_names_are_made_safe_to_show_and_save(ledger: Ledger, name: str, shown: str) -> None:
    assert ledger.attachments.add(PHOTO, name).name == shown


@pytest.mark.parametrize(
    ("content", "name", "media_type"),
    [
        (PHOTO, "无名", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "photo.txt", "image/png"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "", "image/webp"),
        (b"%PDF-1.7", "扫描件", "application/pdf"),
        (b"PK\x03\x04", "通知.wps", "application/vnd.ms-works"),
        (b"PK\x03\x04", "表.XLSX", attachments._BY_NAME[".xlsx"]),
        (b"x", "x.unheard", "application/octet-stream"),
    ],
)
def test_the_type_is_told_by_content_then_name(content: bytes, name: str, media_type: str) -> None:
    assert media_type_of(content, name) == media_type


def test_what_cannot_be_attached_is_refused_with_the_reason(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(BadFile, match="「无」，没有添加"):
        ledger.attachments.add(tmp_path / "无", "无")
    with pytest.raises(BadFile, match="是文件夹"):
        ledger.attachments.add(tmp_path, "夹")
    with pytest.raises(BadFile, match="是空文件"):
        ledger.attachments.add(b"", "空.txt")
    monkeypatch.setattr(attachments, "LARGEST", 1024 * 1024)
    with pytest.raises(BadFile, match="超过 1 MB"):
        ledger.attachments.add(b"x" * (1024 * 1024 + 1), "大.bin")
    assert kept(ledger) == 0


def test_a_file_that_changes_while_it_is_read_is_refused(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "日志.txt"
    source.write_bytes(b"one")
    measure = attachments._measure

    def then_written(path: Path | bytes, name: str) -> object:
        met = measure(path, name)
        source.write_bytes(b"two")
        return met

    monkeypatch.setattr(attachments, "_measure", then_written)
    with pytest.raises(BadFile, match="被改动"):
        ledger.attachments.add(source, "日志.txt")
    source.write_bytes(b"one")
    monkeypatch.undo()
    assert kept(ledger) == 0
    assert ledger.attachments.add(source, "日志.txt").size == 3


def test_changed_or_unknown_bytes_are_not_handed_out(ledger: Ledger) -> None:
    row = ledger.attachments.add(PHOTO, "甲.jpg")
    ledger._conn.execute("UPDATE attachment SET content = x'00'")
    with pytest.raises(LedgerDamaged, match="已损坏"):
        ledger.attachments.read(row.sha256)
    with pytest.raises(BadFile, match="没有这个附件"):
        ledger.attachments.read("0" * 64)


def test_only_what_nothing_refers_to_is_swept_and_only_after_a_day(ledger: Ledger) -> None:
    in_record = ledger.attachments.add(b"in a record", "甲")
    in_history = ledger.attachments.add(b"in history", "乙")
    in_draft = ledger.attachments.add(b"in a draft", "丙")
    nowhere = ledger.attachments.add(b"nowhere", "丁")
    saved = ledger.save(Pledge(unit=UNIT, title="承诺", attachments=(in_history,))).record
    saved = ledger.save(replace(saved, attachments=(in_record,))).record
    ledger.delete([saved.id])
    ledger.drafts.keep("k", "pledge", "", 0, {"attachments": [{"sha256": in_draft.sha256}]})
    assert ledger.attachments.sweep() == 0
    assert ledger.attachments.sweep(TWO_DAYS_ON) == 1
    for row in (in_record, in_history, in_draft):
        assert ledger.attachments.read(row.sha256)
    with pytest.raises(BadFile):
        ledger.attachments.read(nowhere.sha256)
    ledger.drafts.drop("k")
    assert ledger.attachments.sweep(TWO_DAYS_ON) == 1


def test_adding_again_starts_the_day_anew(ledger: Ledger) -> None:
    row = ledger.attachments.add(PHOTO, "甲.jpg")
    ledger._conn.execute("UPDATE attachment SET added_at = '2026-01-01T00:00:00.000Z'")
    ledger.attachments.add(PHOTO, "甲.jpg")
    assert ledger.attachments.sweep() == 0
    assert ledger.attachments.read(row.sha256) == PHOTO


def test_a_read_only_ledger_takes_no_files(ledger: Ledger) -> None:
    with (
        Ledger.open(ledger.path, read_only=True) as reader,
        pytest.raises(LedgerReadOnly, match="只能读取"),
    ):
        reader.attachments.add(PHOTO, "甲.jpg")
