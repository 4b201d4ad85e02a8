"""A workbook that would cost too much is refused in words within 20 s and 600 MB, and unchanged."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from sanyou_desktop.exchange import package
from sanyou_desktop.exchange.errors import TooLarge
from sanyou_desktop.exchange.sharing import share_ledger
from sanyou_desktop.ledger.ledger import Ledger
from tests.exchange.shared.foreign import make_foreign
from tests.exchange.shared.readers import part_of, rows_of, sheet_part, titles
from tests.exchange.shared.units import OTHER, SHEET, finding, save, share_of
from tests.exchange.stored import archive_of, contents

MEGABYTE = 1024 * 1024
END = b"</sheetData>"
# Says why it was refused, then how much memory the process had at most, in MB.
SHARE = """
import re, sys
from pathlib import Path
from sanyou_desktop.exchange.errors import ExchangeError
from sanyou_desktop.exchange.sharing import share_ledger
from sanyou_desktop.ledger.ledger import Ledger
with Ledger.open(Path(sys.argv[1])) as ledger:
    try:
        share_ledger(ledger, Path(sys.argv[2]))
    except ExchangeError as error:
        print(error)
status = Path("/proc/self/status").read_text()
print(int(re.search(r"VmHWM:\\s*(\\d+)", status)[1]) // 1024)
"""

Parts = dict[str, bytes]


def noise() -> bytes:
    """Return what makes a part that repeats itself pass for a real one."""
    return b"<!--" + random.Random(5).randbytes(700_000).hex().encode() + b"-->"


def bomb(parts: Parts, sheet: str) -> Parts:
    return parts | {sheet: parts[sheet].replace(END, b" " * (200 * MEGABYTE) + END)}


def huge_part(parts: Parts, _sheet: str) -> Parts:
    return parts | {"xl/media/image1.png": bytes(300 * MEGABYTE)}


def many_parts(parts: Parts, _sheet: str) -> Parts:
    return parts | {f"xl/media/{number}.png": b"" for number in range(10_001)}


def last_cell(parts: Parts, sheet: str) -> Parts:
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    return parts | {sheet: parts[sheet].replace(END, far + END)}


def cells_without_end(parts: Parts, sheet: str) -> Parts:
    row = b'<row r="5">' + b"<c><v>1</v></c>" * 500_000 + b"</row>"
    return parts | {sheet: parts[sheet].replace(END, row + END)}


def cells_by_the_million(parts: Parts, sheet: str) -> Parts:
    """As many as a part holds, none with an address."""
    row = b'<row r="5">' + b"<c/>" * 50_000_000 + b"</row>"
    return parts | {sheet: parts[sheet].replace(END, row + END + noise())}


def one_endless_text(parts: Parts, sheet: str) -> Parts:
    text = random.Random(5).randbytes(60 * MEGABYTE).hex().encode()
    row = b'<row r="5"><c r="A5" t="inlineStr"><is><t>%b</t></is></c></row>' % text
    return parts | {sheet: parts[sheet].replace(END, row + END)}


def comments_by_the_million(parts: Parts, sheet: str) -> Parts:
    comments = b"<!--7-->" * 9_000_000
    return parts | {sheet: parts[sheet].replace(END, END + noise() + comments)}


def unfinished_by_the_million(parts: Parts, sheet: str) -> Parts:
    return parts | {sheet: parts[sheet].replace(END, END + noise() + b"<! " * 20_000_000)}


def rows_without_end(parts: Parts, sheet: str) -> Parts:
    return parts | {sheet: parts[sheet].replace(END, b"<row/>" * 1_100_000 + END)}


def formats_without_end(parts: Parts, _sheet: str) -> Parts:
    spelt = b"".join(b'<xf numFmtId="%d" fontId="0"/>' % number for number in range(900_000))
    styles = parts["xl/styles.xml"].replace(b"</cellXfs>", spelt + b"</cellXfs>")
    return parts | {"xl/styles.xml": styles}


HOSTILE: dict[Callable[[Parts, str], Parts], str] = {
    bomb: "压缩比异常",
    huge_part: "解开后过大",
    many_parts: "解开后过大",
    last_cell: "有一张表已满",
    cells_without_end: "超出 16384 列",
    rows_without_end: "有一张表已满",
    comments_by_the_million: "写法特殊",
    unfinished_by_the_million: "已损坏",
    cells_by_the_million: "第 5 行内容过多",
    one_endless_text: "第 5 行内容过多",
    formats_without_end: "表格内容过多",
}


@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured otherwise elsewhere")
@pytest.mark.parametrize(("harm", "reason"), list(HOSTILE.items()))
def test_it_is_refused_in_time_and_memory(
    ledger: Ledger, path: Path, tmp_path: Path, harm: Callable[[Parts, str], Parts], reason: str
) -> None:
    share_of(OTHER, ["乙"], path, tmp_path)
    parts = contents(path.read_bytes())
    path.write_bytes(archive_of(harm(parts, sheet_part(path, SHEET))))
    del parts
    before = path.read_bytes()
    save(ledger, finding("甲"))
    command = [sys.executable, "-c", SHARE, str(tmp_path / "本机" / "台账.sanyou"), str(path)]
    began = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    told, memory = done.stdout.splitlines()
    assert reason in told
    assert path.name in told
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]
    assert time.monotonic() - began < 20
    assert int(memory) < 600


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured otherwise elsewhere")
def test_a_large_sheet_of_others_is_shared_into_in_time_and_memory(
    ledger: Ledger, path: Path, tmp_path: Path
) -> None:
    """Two hundred megabytes of markup; each of its rows says something else."""
    share_of(OTHER, ["乙"], path, tmp_path)
    parts = contents(path.read_bytes())
    sheet = sheet_part(path, SHEET)
    (row,) = [one for number, one in rows_of(parts[sheet]).items() if number == 4]
    # Longer by what it says and by its number, which every cell repeats.
    count = 200 * MEGABYTE // (len(row) + 64 + 5 * row.count(b'4"'))
    chance = random.Random(2026)
    copies = (
        row.replace("乙".encode(), b"%064x" % chance.getrandbits(256)).replace(b'4"', b'%d"' % at)
        for at in range(5, count + 5)
    )
    parts[sheet] = parts[sheet].replace(row, row + b"".join(copies))
    path.write_bytes(archive_of(parts))
    rows = parts[sheet].count(b"<row ")
    del parts
    save(ledger, finding("甲"))
    command = [sys.executable, "-c", SHARE, str(tmp_path / "本机" / "台账.sanyou"), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    *refused, memory = done.stdout.splitlines()
    assert not refused
    assert int(memory) < 600
    assert part_of(path, SHEET).count(b"<row ") == rows + 1


def test_more_markup_than_can_be_held_is_refused(
    ledger: Ledger, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # With a table of shared strings, which is asked for all the time.
    make_foreign(path)
    before = path.read_bytes()
    save(ledger, finding("甲"))
    monkeypatch.setattr(package, "LARGEST_MARKUP", 1_000)
    with pytest.raises(TooLarge, match=r"表格内容过多.*文件未变"):
        share_ledger(ledger, path)
    assert path.read_bytes() == before


def test_a_far_cell_leaves_no_room_for_a_missing_column(
    ledger: Ledger, path: Path, tmp_path: Path
) -> None:
    """The header of a column of ours was removed, and somebody wrote into the last column."""
    share_of(OTHER, ["乙"], path, tmp_path)
    parts = contents(path.read_bytes())
    sheet = sheet_part(path, SHEET)
    renamed = {
        name: one.replace("整改时限".encode(), "期限".encode()) for name, one in parts.items()
    }
    far = b'<row r="40"><c r="XFD40"><v>1</v></c></row>'
    path.write_bytes(archive_of(renamed | {sheet: renamed[sheet].replace(END, far + END)}))
    before = path.read_bytes()
    save(ledger, finding("甲"))
    with pytest.raises(TooLarge, match="超出 16384 列"):
        share_ledger(ledger, path)
    assert path.read_bytes() == before


def test_a_far_cell_alone_is_no_obstacle(ledger: Ledger, path: Path, tmp_path: Path) -> None:
    share_of(OTHER, ["乙"], path, tmp_path)
    parts = contents(path.read_bytes())
    sheet = sheet_part(path, SHEET)
    far = b'<row r="2"><c r="XFD2"><v>1</v></c></row><row r="3"'
    path.write_bytes(archive_of(parts | {sheet: parts[sheet].replace(b'<row r="3"', far, 1)}))
    save(ledger, finding("甲"))
    share_ledger(ledger, path)
    assert titles(path, SHEET) == ["乙", "甲"]
