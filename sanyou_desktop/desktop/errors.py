"""Known condition or our mistake? The user gets advice for the first, a report for the second."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from types import TracebackType

from sanyou_desktop import __version__
from sanyou_desktop.desktop.jobs import Cancelled
from sanyou_desktop.ledger.errors import LedgerError
from sanyou_desktop.model.fields import Refused
from sanyou_desktop.model.problems import Invalid
from sanyou_desktop.wording import _

# Their texts name what is in the program. Those of others may quote what the user typed.
_TELLING = (AttributeError, TypeError, ImportError, NameError, RecursionError, MemoryError)
_REPORTS_KEPT = 50


def explain(error: BaseException) -> str:
    """Return what to tell the user; for a mistake of ours a report is written and named."""
    if isinstance(error, Cancelled):
        return _("已停止，台账没有改动。")
    if is_known(error):
        return str(error)
    try:
        path = write_report(error)
    except OSError:
        return _("程序出错了，已保存的内容不受影响。错误报告也写不下来，请检查磁盘空间。")
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

    from platformdirs import user_log_path

    folder = user_log_path("sanyou", appauthor=False, ensure_exists=True)
    moment = datetime.now()
    lines = [
        f"sanyou {__version__}, Python {platform.python_version()}, {platform.platform()}",
        moment.isoformat(timespec="seconds"),
        "",
        *_without_content(error),
    ]
    path = _new_file(folder, f"error-{moment:%Y%m%d-%H%M%S}")
    path.write_text("\n".join(lines), encoding="utf-8")
    _forget_old(folder)
    return path


def _without_content(error: BaseException) -> Iterator[str]:
    """Yield where in the program it happened, the cause first, without what others wrote."""
    import traceback

    chain = [error]
    while (before := chain[-1].__cause__ or chain[-1].__context__) and before not in chain:
        chain.append(before)
    for one in reversed(chain):
        yield from (line.rstrip() for line in traceback.format_tb(one.__traceback__))
        yield type(one).__qualname__ + _detail(one)
        yield ""


def _detail(error: BaseException) -> str:
    if isinstance(error, _TELLING):
        return f": {error}"
    if isinstance(error, OSError):
        return f": {error.errno} {error.strerror}"
    code = getattr(error, "sqlite_errorname", "")
    return f": {code}" if code else ""


def _new_file(folder: Path, name: str) -> Path:
    """Return a name of its own for each report of the same second."""
    path, number = folder / f"{name}.txt", 1
    while path.exists():
        number += 1
        path = folder / f"{name}-{number}.txt"
    return path


def _forget_old(folder: Path) -> None:
    reports = [(path.stat().st_mtime_ns, path) for path in folder.glob("error-*.txt")]
    for _written, path in sorted(reports)[:-_REPORTS_KEPT]:
        path.unlink(missing_ok=True)


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
