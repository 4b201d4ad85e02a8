"""Whether these tests run as somebody whom no permission stops."""

from __future__ import annotations

import os
import tempfile
from functools import cache
from pathlib import Path


@cache
def writes_everything() -> bool:
    """Tell whether a write-protected file can be written to, as root can."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "protected"
        path.touch()
        path.chmod(0o444)
        return os.access(path, os.W_OK)
