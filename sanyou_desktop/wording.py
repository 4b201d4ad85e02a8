"""Texts that the user sees: written in Chinese in the code, English from a catalogue.

gettext rather than Qt Linguist, because the commands and the model speak to the user too and
must not need Qt. To add a text: write it as ``_("保存失败")`` (``N_`` where it is only
declared), run ``python -m tests.rules.catalogue`` and fill in the English in ``resources/i18n``.
"""

from __future__ import annotations

import gettext
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from sanyou_desktop.resources import resource_path

SOURCE_LANGUAGE = "zh_CN"
DOMAIN = "sanyou"

_look_up: Callable[[str], str] = str
_in_source: ContextVar[bool] = ContextVar("in_source", default=False)


def N_(text: str) -> str:
    """Mark a declared text for the catalogue; whoever shows it passes it through ``_``."""
    return text


def _(text: str) -> str:
    """Return ``text`` (Chinese) in the language in use; unknown texts stay Chinese."""
    if not text:
        return ""
    return text if _in_source.get() else _look_up(text)


def to_user(text: str) -> str:
    """Return ``text`` in the language in use, also within ``in_source_language``.

    For what is said about a file while it is being written: the file is Chinese, its user may not
    be.
    """
    return _look_up(text) if text else ""


@contextmanager
def in_source_language() -> Iterator[None]:
    """Speak Chinese in this thread, whatever the window speaks.

    For files that others read by their headers: a unit that works in English must not hand in
    sheets of other names than all the others. Also around functions that put words into records,
    which go to the same others, and are compared with words that were put there before.
    """
    token = _in_source.set(True)
    try:
        yield
    finally:
        _in_source.reset(token)


def use_language(language: str) -> None:
    """Speak ``language`` ("zh_CN" or "en") from now on; texts already shown stay as they are.

    Raises:
        FileNotFoundError: the catalogue of that language is missing from the resources.
    """
    global _look_up
    if language == SOURCE_LANGUAGE:
        _look_up = str
        return
    catalogue = gettext.translation(DOMAIN, resource_path("i18n"), languages=[language])
    _look_up = catalogue.gettext
