"""A ledger to run commands on, and running them within this process."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from sanyou_desktop.cli import main
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.unit import Unit
from tests.cli.run import Done

Within = Callable[..., Done]


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "莆田台账.sytz"
    Ledger.create(path, Unit(code="350300", name="莆田市机关事务管理局")).close()
    return path


@pytest.fixture
def within(monkeypatch: pytest.MonkeyPatch) -> Within:
    """Run a command in this process, which is faster; streams are bytes underneath as in life."""

    def run(*arguments: object, given: str | bytes = "") -> Done:
        typed = given.encode() if isinstance(given, str) else given
        out, err = io.TextIOWrapper(io.BytesIO()), io.TextIOWrapper(io.BytesIO())
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed)))
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            try:
                status = main([*map(str, arguments)])
            except SystemExit as leaving:
                status = leaving.code if isinstance(leaving.code, int) else 1
        texts = []
        for stream in (out, err):
            stream.flush()
            assert isinstance(stream.buffer, io.BytesIO)
            texts.append(stream.buffer.getvalue().decode())
        return Done(status, *texts)

    return run
