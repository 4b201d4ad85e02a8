"""Reading documents by programs that did not write them."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from pathlib import Path


def pdf_text(path: Path) -> str:
    """Return the text of a .pdf without blanks and page numbers' lines, by poppler."""
    done = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, check=True)
    lines = done.stdout.decode().replace("\f", "\n").splitlines()
    return "".join(line.strip() for line in lines if not line.startswith("— ")).replace(" ", "")


def page_texts(path: Path) -> list[str]:
    """Return the text of each page of a .pdf without blanks, by poppler."""
    done = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, check=True)
    return ["".join(page.split()) for page in done.stdout.decode().split("\f")]


def assert_in_order(facts: Iterable[str], text: str) -> None:
    """Fail unless a text holds the facts one after the other."""
    at = 0
    for fact in facts:
        assert fact in text[at:], fact
        at = text.index(fact, at)


def pdf_fonts(path: Path) -> list[tuple[str, bool]]:
    """Return the fonts of a .pdf and whether each is embedded, by poppler."""
    done = subprocess.run(["pdffonts", path], capture_output=True, check=True)
    rows = done.stdout.decode().splitlines()[2:]
    return [(row.split()[0], row.split()[-5] == "yes") for row in rows]


def by_libreoffice(path: Path) -> Path:
    """Return the .pdf that LibreOffice makes of a document."""
    profile = path.parent / "profile"
    command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(path.parent), str(path)]
    subprocess.run(command, capture_output=True, check=True, timeout=120)
    made = path.with_suffix(".pdf")
    assert made.exists()
    return made
