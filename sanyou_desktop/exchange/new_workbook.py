"""A workbook written by XlsxWriter in constant memory, which leaves nothing behind if it fails."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from sanyou_desktop.exchange.patient_file import patient_file

if TYPE_CHECKING:
    from xlsxwriter import Workbook

_TEXT_AS_TEXT = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@contextmanager
def new_workbook(path: Path) -> Iterator[Workbook]:
    """Yield a workbook, stored at ``path`` on leaving; after an error nothing of it is kept."""
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import XlsxFileError

    with TemporaryDirectory(ignore_cleanup_errors=True) as folder, patient_file(path) as file:
        options = {"constant_memory": True, "tmpdir": folder}
        workbook = Workbook(file, options | _TEXT_AS_TEXT)
        try:
            yield workbook
            workbook.close()
        except XlsxFileError as error:
            # XlsxWriter wraps what the system said.
            reason = error.args[0] if error.args else error
            raise reason if isinstance(reason, OSError) else OSError(str(reason)) from error
        finally:
            _close_files(workbook)


def _close_files(workbook: Workbook) -> None:
    """Close the files of streamed rows, which XlsxWriter leaves open after an error."""
    for page in workbook.worksheets():
        for file in (page.row_data_fh, page.fh):
            if file is not None:
                with suppress(OSError):
                    file.close()
