"""Known condition or our mistake? The user gets advice for the first, a report for the second."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from types import TracebackType

from sanyou_desktop import __version__
from sanyou_desktop.ledger.errors import LedgerError
from sanyou_desktop.model.fields import Refused
from sanyou_desktop.model.problems import Invalid
from sanyou_desktop.wording import _


def explain(error: BaseException) -> str:
    """Return what to tell the user; for a mistake of ours a report is written and named."""
    if is_known(error):
        return str(error)
    path = write_report(error)
    return _("程序出错了，已保存的内容不受影响。错误报告：{path}").format(path=path)


def is_known(error: BaseException) -> bool:
    """Tell a condition of the machine or of the input from a mistake of ours."""
    if isinstance(error, LedgerError | Invalid | Refused):
        return True
    exchange = sys.modules.get("sanyou_desktop.exchange.errors")
    return exchange is not None and isinstance(error, exchange.ExchangeError)


def write_report(error: BaseException) -> Path:
    """Write a report without any of the user's content and return where it is."""
    # Needed for nothing else, and start-up is measured.
    import platform
    import traceback

    from platformdirs import user_log_path

    folder = user_log_path("sanyou", appauthor=False, ensure_exists=True)
    moment = datetime.now()
    path = folder / f"error-{moment:%Y%m%d-%H%M%S}.txt"
    lines = [
        f"sanyou {__version__}, Python {platform.python_version()}, {platform.platform()}",
        moment.isoformat(timespec="seconds"),
        "",
        *traceback.format_exception(error),
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


class UnexpectedErrors:
    """Takes exceptions that reached the event loop and has them shown, not lost."""

    def __init__(self) -> None:
        """Hold nothing back until somebody can show it."""
        self.show: object = None

    def __call__(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Be Python's hook for exceptions that nobody caught."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        text = explain(error)
        print(text, file=sys.stderr)
        if callable(self.show):
            self.show(text)
