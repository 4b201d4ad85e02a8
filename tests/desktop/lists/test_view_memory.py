"""How a list was left is remembered; a damaged memory costs nothing but itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

from sanyou_desktop.desktop.lists.conditions import Condition
from sanyou_desktop.desktop.lists.view_memory import View, keep, recall
from sanyou_desktop.desktop.preferences import Preferences


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    return Preferences(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))


def test_a_view_comes_back_as_it_was_left(preferences: Preferences) -> None:
    left = View(
        ("title", "hotline"),
        "valid_until",
        False,
        (Condition("status", ("draft",)),),
        {"title": 90},
    )  # fmt: skip - one line shows the view
    keep("pledge", preferences, left, left.columns)
    assert recall("pledge", preferences) == left


def test_kinds_are_remembered_apart(preferences: Preferences) -> None:
    keep("pledge", preferences, View((), "title"), ["title"])
    assert recall("rule", preferences) == View()


def test_a_damaged_memory_gives_the_usual_view(preferences: Preferences) -> None:
    preferences.keep_columns("pledge", ["gone"])
    preferences.keep_view(
        "pledge",
        {"sort": "clauses", "conditions": {"status": 1}, "widths": {"title": -5, "status": "x"}},
    )
    assert recall("pledge", preferences) == View()
