"""An empty list says what belongs in it, whatever its kind."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.lists.nothing import no_record_yet
from sanyou_desktop.exchange.sample import make_sample
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.query import Query
from sanyou_desktop.model.kinds import KINDS


@pytest.mark.parametrize("kind", list(KINDS))
@pytest.mark.parametrize("read_only", [True, False])
def test_every_kind_has_its_words(qtbot: QtBot, kind: str, read_only: bool) -> None:
    face = no_record_yet(kind, read_only=read_only)
    qtbot.addWidget(face)
    said = [label.text() for label in face.findChildren(QLabel)]
    assert any(text.startswith("这里登记") for text in said)


def test_examples_are_promised_only_of_what_the_sample_has(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "示例.sytz"
    make_sample(path)
    with Ledger.open(path, read_only=True) as ledger:
        shown = {kind for kind in KINDS if ledger.count(kind, Query())}
    promised = set()
    for kind in KINDS:
        face = no_record_yet(kind, read_only=False)
        qtbot.addWidget(face)
        if any("示例台账" in label.text() for label in face.findChildren(QLabel)):
            promised.add(kind)
    assert promised == shown
