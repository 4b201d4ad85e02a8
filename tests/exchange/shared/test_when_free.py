"""Waiting until a workbook that somebody has open is closed."""

from __future__ import annotations

from pathlib import Path

import pytest

from sanyou_desktop.exchange.errors import FileBusy, NotAWorkbook
from sanyou_desktop.exchange.share_when_free import share_when_free
from sanyou_desktop.exchange.sharing import Shared, share_ledger
from sanyou_desktop.ledger.ledger import Ledger
from tests.exchange.shared.readers import titles
from tests.exchange.shared.units import SHEET, finding, save


class Clock:
    """A clock that goes on only while somebody waits; ``then`` happens at a time of it."""

    def __init__(self) -> None:
        self.now = 0.0
        self.then: tuple[float, Path] | None = None

    def __call__(self) -> float:
        return self.now

    def pause(self, seconds: float) -> None:
        self.now += seconds
        if self.then is not None and self.now >= self.then[0]:
            self.then[1].unlink(missing_ok=True)


def test_it_lands_once_the_workbook_is_closed(ledger: Ledger, path: Path) -> None:
    save(ledger, finding("甲"))
    owner = path.with_name(f"~${path.name}")
    owner.write_bytes(b"")
    clock = Clock()
    clock.then = (30, owner)
    share_when_free(lambda: share_ledger(ledger, path), 60, clock, clock.pause)
    assert titles(path, SHEET) == ["甲"]
    assert 30 <= clock.now < 35


def test_it_gives_up_in_time_with_the_reason(ledger: Ledger, path: Path) -> None:
    owner = path.with_name(f".~lock.{path.name}#")
    owner.write_bytes("王芳,w,机要室-03,,;".encode())
    clock = Clock()
    with pytest.raises(FileBusy, match="王芳"):
        share_when_free(lambda: share_ledger(ledger, path), 5, clock, clock.pause)
    assert clock.now == 5
    assert not path.exists()


def test_what_waiting_does_not_mend_is_said_at_once(ledger: Ledger, path: Path) -> None:
    path.write_bytes(b"not a workbook")
    clock = Clock()

    def share() -> Shared:
        return share_ledger(ledger, path)

    with pytest.raises(NotAWorkbook):
        share_when_free(share, 60, clock, clock.pause)
    assert clock.now == 0
