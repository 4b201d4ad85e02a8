"""A unit's ledger, and the place of its report."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sanyou_desktop.ledger.ledger import Ledger
from tests.exchange.report.filled import OWN


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.create(tmp_path / "台账.sytz", OWN) as ledger:
        yield ledger


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "上报"
    folder.mkdir()
    return folder / "上报.xlsx"
