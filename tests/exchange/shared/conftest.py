"""A unit's ledger, and the workbook that it shares with others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sanyou_desktop.ledger.ledger import Ledger
from tests.exchange.shared.units import OWN


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    folder = tmp_path / "本机"
    folder.mkdir()
    with Ledger.create(folder / "台账.sanyou", OWN) as ledger:
        yield ledger


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "共享文件夹"
    folder.mkdir()
    return folder / "三优共享.xlsx"
