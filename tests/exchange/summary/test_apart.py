"""Made in a process of its own it is the same, stops when asked, and says why it refuses."""

from __future__ import annotations

import time
from contextlib import nullcontext
from io import BytesIO
from pathlib import Path

import pytest

from sanyou_desktop.exchange import safe_write
from sanyou_desktop.exchange.errors import CannotWrite
from sanyou_desktop.exchange.safe_write import replacing
from sanyou_desktop.exchange.summary_apart import (
    Asked,
    _Enough,
    _Teller,
    look_apart,
    write_apart,
)
from sanyou_desktop.exchange.summary_report import look_at, write_report
from sanyou_desktop.ledger.ledger import Ledger


class Enough(Exception):
    pass


def nothing(_done: int, _total: int) -> None:
    pass


@pytest.mark.parametrize("suffix", [".pdf", ".docx"])
def test_it_writes_the_same(sample: Ledger, sample_path: Path, tmp_path: Path, suffix: str) -> None:
    here, apart = tmp_path / f"此{suffix}", tmp_path / f"彼{suffix}"

    told = write_apart(Asked(str(sample_path), "", "", str(apart)), nothing)

    assert told == write_report(sample, here)
    assert len(told.sources) == 53
    assert apart.stat().st_size == pytest.approx(here.stat().st_size, abs=50)


def test_it_shows_the_same(sample: Ledger, sample_path: Path) -> None:
    assert look_apart(Asked(str(sample_path), "", ""), nothing) == look_at(sample)


def test_it_tells_how_far_it_is_and_stops(sample_path: Path, tmp_path: Path) -> None:
    steps = []

    def stop(done: int, total: int) -> None:
        steps.append((done, total))
        raise Enough

    with pytest.raises(Enough):
        write_apart(Asked(str(sample_path), "", "", str(tmp_path / "总结.pdf")), stop)

    assert len(steps) == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("writing", [False, True])
def test_told_to_stop_it_leaves_at_once_unless_a_file_was_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, writing: bool
) -> None:
    monkeypatch.setattr(safe_write, "_begun", False)
    left: list[int] = []
    teller = _Teller(BytesIO(), left.append)
    with replacing(tmp_path / "总结.pdf") if writing else nullcontext(tmp_path / "别处") as path:
        path.write_text("写了一半", encoding="utf-8")
        teller.listen(BytesIO())
    assert left == ([] if writing else [0])
    with pytest.raises(_Enough):
        teller.step(1, 2)


@pytest.mark.parametrize("suffix", [".pdf", ".docx"])
def test_at_any_moment_of_stopping_it_is_told_whether_the_file_is_there(
    sample_path: Path, tmp_path: Path, suffix: str
) -> None:
    for delay in (0.0, 0.4, 0.8, 1.2, 1.6, 2.0):
        path = tmp_path / f"{delay}{suffix}"
        began = time.monotonic()

        def stop(_done: int, _total: int, wait: float = delay, began: float = began) -> None:
            if time.monotonic() - began >= wait:
                raise Enough

        try:
            told = write_apart(Asked(str(sample_path), "", "", str(path)), stop)
        except Enough:
            assert not path.exists()
        else:
            assert path.exists()
            assert len(told.sources) == 53
    assert not [left for left in tmp_path.iterdir() if left.name.endswith(".tmp")]


def test_it_says_why_it_refuses(sample_path: Path, tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="其中之一结尾"):
        write_apart(Asked(str(sample_path), "", "", str(tmp_path / "总结.txt")), nothing)
    with pytest.raises(CannotWrite, match="找不到"):
        write_apart(Asked(str(tmp_path / "没有.sytz"), "", "", str(tmp_path / "总结.pdf")), nothing)


def test_what_breaks_off_is_not_taken_for_done(tmp_path: Path, sample_path: Path) -> None:
    with pytest.raises(RuntimeError, match="BadDate"):
        write_apart(Asked(str(sample_path), "昨天", "", str(tmp_path / "总结.pdf")), nothing)

    assert list(tmp_path.iterdir()) == []


def test_what_is_told_is_in_the_language_of_the_window(sample_path: Path, tmp_path: Path) -> None:
    path = tmp_path / "总结.docx"

    told = write_apart(Asked(str(sample_path), "", "", str(path), language="en"), nothing)

    assert "Nothing was recorded for these sections" in told.remarks[0]
    assert told.remarks[0].endswith("Satisfaction survey.")
