"""What this machine remembers of its user: sizes, columns, recent ledgers. Never work itself."""

from __future__ import annotations

import json
import math
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QSettings

_RECENT = 8


class Preferences:
    """Typed access to the settings file.

    To add one: a property here; nothing else names its key.
    """

    def __init__(self, settings: QSettings) -> None:
        """Read and write ``settings``."""
        self._settings = settings

    def geometry(self) -> QByteArray:
        """Return the window's geometry, empty if it was never closed."""
        value = self._settings.value("window/geometry")
        return value if isinstance(value, QByteArray) else QByteArray()

    def keep_geometry(self, geometry: QByteArray) -> None:
        """Remember the window's geometry."""
        self._settings.setValue("window/geometry", geometry)

    @property
    def scheme(self) -> str:
        """Return light, dark, or an empty text to follow the system."""
        return self._text("look/scheme")

    @scheme.setter
    def scheme(self, value: str) -> None:
        self._settings.setValue("look/scheme", value)

    @property
    def font_scale(self) -> float:
        """Size of text relative to the system's, 0.8 to 2."""
        try:
            scale = float(self._text("look/font_scale") or 1)
        except ValueError:
            return 1.0
        return min(max(scale, 0.8), 2.0) if math.isfinite(scale) else 1.0

    @font_scale.setter
    def font_scale(self, value: float) -> None:
        self._settings.setValue("look/font_scale", str(value))

    @property
    def language(self) -> str:
        """Return zh_CN or en."""
        return "en" if self._text("look/language") == "en" else "zh_CN"

    @language.setter
    def language(self, value: str) -> None:
        self._settings.setValue("look/language", value)

    @property
    def summary_template(self) -> str:
        """Return the path of the unit's own template of the summary document, "" for none."""
        return self._text("summary/template")

    @summary_template.setter
    def summary_template(self, value: str) -> None:
        self._settings.setValue("summary/template", value)

    @property
    def notices(self) -> bool:
        """Tell whether the program says at its start what is overdue or due soon."""
        return self._text("notices") != "off"

    @notices.setter
    def notices(self, value: bool) -> None:
        self._settings.setValue("notices", "on" if value else "off")

    @property
    def own_today(self) -> bool:
        """Tell whether the page 今日 of a superior shows its own matters alone."""
        return self._text("today/own") == "on"

    @own_today.setter
    def own_today(self, value: bool) -> None:
        self._settings.setValue("today/own", "on" if value else "off")

    @property
    def rechecker(self) -> str:
        """Return who re-checked or reopened a finding last on this machine."""
        return self._text("finding/rechecker")

    @rechecker.setter
    def rechecker(self, value: str) -> None:
        self._settings.setValue("finding/rechecker", value)

    @property
    def recent(self) -> list[Path]:
        """Ledgers opened lately, newest first."""
        return [Path(item) for item in self._json("recent", []) if isinstance(item, str)]

    def note_recent(self, path: Path) -> None:
        """Put a ledger at the head of the recent ones; it is found from any folder."""
        path = path.absolute()
        others = [item for item in self.recent if item != path]
        self._keep_json("recent", [str(item) for item in [path, *others][:_RECENT]])

    def shared_workbook(self, ledger: Path) -> str:
        """Return where a ledger was last shared to, "" if never."""
        return str(self._json("shared", {}).get(str(ledger.absolute()), ""))

    def keep_shared_workbook(self, ledger: Path, workbook: Path) -> None:
        """Remember where a ledger is shared to."""
        kept = {str(ledger.absolute()): str(workbook.absolute())}
        self._keep_json("shared", self._json("shared", {}) | kept)

    def share_scope(self, ledger: Path) -> dict[str, str]:
        """Return by name which of a ledger's records are shared, empty for all of them."""
        return _texts(self._json("share_scope", {}).get(str(ledger.absolute())))

    def keep_share_scope(self, ledger: Path, options: dict[str, str]) -> None:
        """Remember which of a ledger's records are shared."""
        kept = {str(ledger.absolute()): options}
        self._keep_json("share_scope", self._json("share_scope", {}) | kept)

    def queued_share(self, ledger: Path) -> tuple[Path, datetime, dict[str, str]] | None:
        """Return the shared workbook that an update waits for, since when, and of what."""
        kept = self._json("shared_queue", {}).get(str(ledger.absolute()))
        try:
            since = datetime.fromisoformat(kept["since"])
            return Path(kept["workbook"]), since, _texts(kept.get("scope"))
        except (KeyError, TypeError, ValueError):
            # None waits, or the settings were damaged by hand: the user can ask for it again.
            return None

    def keep_queued_share(
        self, ledger: Path, workbook: Path, since: datetime, options: dict[str, str]
    ) -> None:
        """Remember that a ledger's update waits for a shared workbook, if the window is closed."""
        queued = {"workbook": str(workbook.absolute()), "since": since.isoformat()}
        kept = {str(ledger.absolute()): queued | {"scope": options}}
        self._keep_json("shared_queue", self._json("shared_queue", {}) | kept)

    def drop_queued_share(self, ledger: Path) -> None:
        """Forget it again: nothing waits any more."""
        kept = self._json("shared_queue", {})
        if kept.pop(str(ledger.absolute()), None) is not None:
            self._keep_json("shared_queue", kept)

    def columns(self, kind: str) -> list[str]:
        """Return the columns chosen for a kind's list, empty for the usual ones."""
        return [str(item) for item in self._json(f"list/{kind}/columns", [])]

    def keep_columns(self, kind: str, columns: list[str]) -> None:
        """Remember the columns of a kind's list."""
        self._keep_json(f"list/{kind}/columns", columns)

    def view(self, kind: str) -> dict[str, Any]:
        """Return sort and filters of a kind's list as they were left."""
        kept = self._json(f"list/{kind}/view", {})
        return kept if isinstance(kept, dict) else {}

    def keep_view(self, kind: str, view: dict[str, Any]) -> None:
        """Remember sort and filters of a kind's list."""
        self._keep_json(f"list/{kind}/view", view)

    def splitter(self, kind: str) -> list[int]:
        """Return the widths of list and form, empty for the usual ones."""
        kept = self._json(f"list/{kind}/splitter", [])
        return kept if all(type(item) is int and item >= 0 for item in kept) else []

    def keep_splitter(self, kind: str, sizes: list[int]) -> None:
        """Remember the widths of list and form."""
        self._keep_json(f"list/{kind}/splitter", sizes)

    def _text(self, key: str) -> str:
        value = self._settings.value(key, "")
        return value if isinstance(value, str) else ""

    def _json(self, key: str, default: Any) -> Any:  # noqa: ANN401 - JSON of several shapes
        try:
            found = json.loads(self._text(key) or "null")
        except ValueError:
            # A settings file damaged by hand only costs the remembered sizes.
            found = None
        return found if isinstance(found, type(default)) else default

    def _keep_json(self, key: str, value: object) -> None:
        self._settings.setValue(key, json.dumps(value, ensure_ascii=False))


def _texts(kept: object) -> dict[str, str]:
    """Return the texts by name among what was kept, none of what was damaged by hand."""
    found = kept if isinstance(kept, dict) else {}
    return {str(name): text for name, text in found.items() if isinstance(text, str)}
