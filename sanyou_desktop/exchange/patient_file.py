"""A file to write to for libraries that do not clean up after an error of the disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO


class PatientFile:
    """Takes everything; the first error is kept for who opened it, and nothing is written after.

    ``zipfile`` writes its directory whenever an archive is dropped, also after a write has failed,
    and Python prints that second error as a traceback.
    """

    def __init__(self, file: BinaryIO) -> None:
        """Write to ``file`` as long as that goes well."""
        self._file = file
        self._place = 0
        self.error: OSError | None = None

    def write(self, data: bytes) -> int:
        """Write, or pretend to; return the number of bytes."""
        self._try(lambda: self._file.write(data))
        self._place += len(data)
        return len(data)

    def tell(self) -> int:
        """Return where the next byte goes."""
        return self._place

    def seek(self, place: int) -> int:
        """Go to a place counted from the beginning."""
        self._try(lambda: self._file.seek(place))
        self._place = place
        return place

    def flush(self) -> None:
        """Hand what is buffered to the system."""
        self._try(self._file.flush)

    def _try(self, act: Callable[[], object]) -> None:
        if self.error is None:
            try:
                act()
            except OSError as error:
                self.error = error


@contextmanager
def patient_file(path: Path) -> Iterator[PatientFile]:
    """Yield a file made at ``path``.

    Raises:
        OSError: it could not be made or not be written whole, told once everything was tried.
    """
    file = path.open("wb")
    patient = PatientFile(file)
    try:
        yield patient
        patient.flush()
        if patient.error is not None:
            raise patient.error
    finally:
        # What an archive that is dropped later still wants to write goes nowhere.
        patient.error = patient.error or OSError("closed")
        with suppress(OSError):
            file.close()
