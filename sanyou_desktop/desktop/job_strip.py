"""A progress strip of work that something else began."""

from __future__ import annotations

from sanyou_desktop.desktop.jobs import Job
from sanyou_desktop.desktop.widgets.progress_strip import ProgressStrip


class JobStrip(ProgressStrip):
    """Shows the job it is told to follow, if that takes long, and stops it if that is wanted."""

    def __init__(self) -> None:
        """Follow none yet."""
        super().__init__()
        self._job: Job | None = None
        self.cancelled.connect(self._stop)

    def follow(self, job: Job | None) -> None:
        """Show how far ``job`` is from now on; None for none."""
        if job is self._job:
            return
        self.end()
        self._job = job
        if job is not None:
            self.begin(job.title)
            job.progress.stepped.connect(self.step)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.stop()
