"""What the tests need of the system beside Python: which of it is missing, and how to get it.

``python3 -m tests.system_packages`` prints the Debian packages, for ``.ci/run``. Standard library
only: it runs before anything is installed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass

from sanyou_desktop.desktop.preflight import missing_libraries, qt_libraries

_FAST_ENOUGH_S = 600


@dataclass(frozen=True)
class Program:
    """A program that some tests use: its name, its Debian package, the marker of those tests."""

    name: str
    debian: str
    marker: str


PROGRAMS = (
    Program("soffice", "libreoffice-calc-nogui", "office"),
    Program("pdftotext", "poppler-utils", "pdf"),
    Program("Xvfb", "xvfb", "screen"),
    Program("xdotool", "xdotool", "screen"),
)


def debian_packages() -> list[str]:
    """Return all packages that the whole suite and the checks of ``.ci/run`` need."""
    libraries = [library.debian for library in qt_libraries()]
    return [*dict.fromkeys((*libraries, *(program.debian for program in PROGRAMS)))]


def missing_programs() -> list[Program]:
    """Return the programs that are not on this machine."""
    return [program for program in PROGRAMS if shutil.which(program.name) is None]


def provide_libraries() -> str:
    """Install Qt's libraries where that needs no password; return what still keeps Qt out.

    A fresh container has Python, apt and root, and nothing that Qt links to. Elsewhere the user
    is told the command.
    """
    missing = missing_libraries()
    if missing and shutil.which("apt-get") and getattr(os, "geteuid", lambda: -1)() == 0:
        packages = [library.debian for library in missing]
        print("Qt needs system libraries; installing:", " ".join(packages), flush=True)
        _apt("update")
        _apt("install", "--yes", "--no-install-recommends", *packages)
        missing = missing_libraries()
    if not missing:
        return ""
    packages = [library.debian for library in missing]
    return "Qt needs system libraries: sudo apt-get install -y " + " ".join(packages)


def _apt(*arguments: str) -> None:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", "--quiet", "--quiet", *arguments]
    subprocess.run(command, check=True, env=environment, timeout=_FAST_ENOUGH_S)


if __name__ == "__main__":
    print("\n".join(debian_packages()))
