"""Pictures of every page with the sample ledger, for the README and for looking at.

``python -m tests.screenshots [FOLDER] [--dark] [--size 1360x820] [--scale 1.25] [--language en]
[PAGE...]`` writes a PNG a page; without FOLDER, those of the README.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path

PAGES = (
    "welcome",
    "today",
    "pledge",
    "rule",
    "inspection",
    "finding",
    "survey",
    "activity",
    "indicators",
    "upward",
    "scheme",
    "plan",
    "unit",
    "round",
    "recycle",
    "settings",
)  # fmt: skip - in the order of the navigation
_README = Path(__file__).parents[1] / "resources" / "screenshots"
# Long enough for a page's own reading in the background, which has no single end to wait for.
_SETTLE_MS = 700


def main() -> None:
    """Take the pictures that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", nargs="*", default=PAGES)
    parser.add_argument("--folder", type=Path, default=_README)
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--size", default="1360x820")
    parser.add_argument("--scale", default="1")
    parser.add_argument("--language", default="zh_CN")
    given = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["QT_SCALE_FACTOR"] = given.scale
    given.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        _take(given, Path(folder))


def _take(given: argparse.Namespace, scratch: Path) -> None:
    from PySide6.QtCore import QEventLoop, QSettings, QTimer
    from PySide6.QtWidgets import QApplication

    from sanyou_desktop.desktop.application import Application
    from sanyou_desktop.desktop.ask import Ask
    from sanyou_desktop.desktop.main_window import MainWindow
    from sanyou_desktop.desktop.preferences import Preferences
    from sanyou_desktop.exchange.sample import make_sample

    def wait() -> None:
        loop = QEventLoop()
        QTimer.singleShot(_SETTLE_MS, loop.quit)
        loop.exec()

    def take(name: str) -> None:
        wait()
        window = application.window
        assert window is not None
        window.resize(*(int(side) for side in given.size.split("x")))
        wait()
        window.grab().save(str(given.folder / f"{name}{'-dark' if given.dark else ''}.png"))

    # No folder of whoever takes the pictures is seen in them.
    os.chdir(scratch)
    ledger = Path("三优台账示例.sytz")
    make_sample(ledger)
    app = QApplication([])
    settings = QSettings(str(scratch / "settings.ini"), QSettings.Format.IniFormat)
    preferences = Preferences(settings)
    preferences.scheme = "dark" if given.dark else "light"
    preferences.language = given.language
    application = Application(app, preferences, Ask())
    if "welcome" in given.pages:
        application.welcome()
        take("welcome")
    application.open(ledger)
    while application.is_busy:
        wait()
    window = application.window
    assert isinstance(window, MainWindow)
    for page in given.pages:
        if page != "welcome":
            window.go(page)
            take(page)
    application.close()


if __name__ == "__main__":
    main()
