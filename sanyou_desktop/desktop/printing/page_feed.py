"""Paints the pages that a view asks for on another thread, one at a time, the last asked first."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from sanyou_desktop.desktop.jobs import Cancelled, Errands
from sanyou_desktop.desktop.widgets.page_view import PageView

Draw = Callable[[int, int], QImage]


class PageFeed(QObject):
    """``draw`` gets a page (from 0) and its width in pixels.

    Who scrolls through a long paper would else wait for all the pages that went by.
    """

    def __init__(self, view: PageView, jobs: Errands) -> None:
        """Feed the view as long as it lives."""
        super().__init__(view)
        self._view, self._jobs = view, jobs
        self.draw: Draw | None = None
        self._wanted: list[tuple[int, int]] = []
        self._is_busy = False
        view.wanted.connect(self._want)

    def _want(self, page: int, width: int) -> None:
        self._wanted.append((page, width))
        self._next()

    def _next(self) -> None:
        if self._is_busy or self.draw is None:
            return
        while self._wanted:
            page, width = self._wanted.pop()
            if self._view.is_in_view(page):
                self._draw(self.draw, page, width)
                return
            self._view.give_up(page)

    def _draw(self, draw: Draw, page: int, width: int) -> None:
        def put(made: QImage) -> None:
            self._is_busy = False
            self._view.put(page, made)
            self._next()

        def refused(error: Exception) -> None:
            # It is not asked for again at this width, but the other pages are drawn.
            self._is_busy = False
            if not isinstance(error, Cancelled):
                self._jobs.unexpected.emit(error)
            self._next()

        self._is_busy = True
        self._jobs.run(lambda _progress: draw(page, width), put, owner=self, failed=refused)
