"""What is remembered comes back; what somebody damaged costs no more than itself."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QByteArray, QSettings

from sanyou_desktop.desktop.preferences import Preferences

KEYS = (
    "window/geometry",
    "look/scheme",
    "look/font_scale",
    "look/language",
    "recent",
    "shared",
    "shared_queue",
    "share_scope",
    "list/pledge/columns",
    "list/pledge/view",
    "list/pledge/splitter",
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.ini"


def opened(file: Path) -> Preferences:
    return Preferences(QSettings(str(file), QSettings.Format.IniFormat))


def test_everything_is_there_again_after_a_restart(file: Path, tmp_path: Path) -> None:
    settings = QSettings(str(file), QSettings.Format.IniFormat)
    kept = Preferences(settings)
    kept.scheme, kept.font_scale, kept.language = "dark", 1.4, "en"
    kept.keep_geometry(QByteArray(b"\1\2"))
    kept.note_recent(tmp_path / "台账，甲.sytz")
    kept.keep_shared_workbook(tmp_path / "台账.sytz", tmp_path / "共享 𠮷.xlsx")
    kept.keep_columns("pledge", ["number", "title"])
    kept.keep_view("pledge", {"sort": "title", "conditions": [{"key": "status"}]})
    kept.keep_splitter("pledge", [300, 700])
    settings.sync()

    again = opened(file)
    assert (again.scheme, again.font_scale, again.language) == ("dark", 1.4, "en")
    assert again.geometry() == QByteArray(b"\1\2")
    assert again.recent == [tmp_path / "台账，甲.sytz"]
    assert again.shared_workbook(tmp_path / "台账.sytz") == str(tmp_path / "共享 𠮷.xlsx")
    assert again.shared_workbook(tmp_path / "别的.sytz") == ""
    assert again.columns("pledge") == ["number", "title"]
    assert again.columns("rule") == []
    assert again.view("pledge") == {"sort": "title", "conditions": [{"key": "status"}]}
    assert again.splitter("pledge") == [300, 700]


def test_each_ledger_waits_for_a_shared_workbook_of_its_own(file: Path, tmp_path: Path) -> None:
    kept = opened(file)
    since = datetime(2026, 11, 28, 9, 30)
    one, other = tmp_path / "甲.sytz", tmp_path / "乙.sytz"
    path, scope = tmp_path / "共享.xlsx", {"kinds": "rule"}
    kept.keep_queued_share(one, path, since, scope)
    kept.keep_queued_share(other, path, since, scope)
    assert kept.queued_share(one) == kept.queued_share(other) == (path, since, scope)
    kept.drop_queued_share(one)
    assert kept.queued_share(one) is None
    assert kept.queued_share(other) == (path, since, scope)


def test_the_ledgers_opened_last_come_first_and_once(file: Path, tmp_path: Path) -> None:
    kept = opened(file)
    for number in [*range(12), 3]:
        kept.note_recent(tmp_path / f"{number}.sytz")
    assert [int(path.stem) for path in kept.recent] == [3, 11, 10, 9, 8, 7, 6, 5]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    key=st.sampled_from(KEYS),
    value=st.one_of(
        st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=30),
        st.sampled_from(["nan", "inf", "-1", "[[1]]", '{"a": {}}', "[null]", '"x"', "1e999"]),
        st.integers(-(2**31), 2**31 - 1),
        st.lists(st.text(max_size=5), max_size=3),
    ),
)
def test_damaged_settings_keep_nobody_from_working(
    file: Path, key: str, value: str | int | list[str]
) -> None:
    settings = QSettings(str(file), QSettings.Format.IniFormat)
    settings.setValue(key, value)
    kept = Preferences(settings)
    assert 0.8 <= kept.font_scale <= 2
    assert kept.language in ("zh_CN", "en")
    assert isinstance(kept.geometry(), QByteArray)
    assert isinstance(kept.scheme, str)
    assert all(isinstance(path, Path) for path in kept.recent)
    assert all(isinstance(name, str) for name in kept.columns("pledge"))
    assert isinstance(kept.view("pledge"), dict)
    assert all(size >= 0 for size in kept.splitter("pledge"))
    assert isinstance(kept.shared_workbook(file), str)
    assert kept.queued_share(file) is None
    assert kept.share_scope(file) == {}


def test_a_file_of_rubbish_gives_the_usual_settings(file: Path) -> None:
    file.write_bytes(bytes(range(256)) * 20)
    kept = opened(file)
    assert (kept.scheme, kept.font_scale, kept.language, kept.recent) == ("", 1.0, "zh_CN", [])
