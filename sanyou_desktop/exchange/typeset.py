"""Setting a document with Typst: in this process, or in one of its own.

Typst was chosen over fpdf2 and ReportLab because it breaks Chinese lines by the rules, repeats
table headers and embeds OpenType fonts of both outlines as subsets; ReportLab cannot embed the
outlines of the Noto fonts, and with fpdf2 all of the typesetting would be ours. The price is 34 MB.

Looking for the system's fonts it holds Python's lock for 70 to 140 ms, longer with many fonts, and
a setting that was begun cannot be stopped. The window therefore has it done apart: a child process
that it can end, fed and read through pipes.
"""

from __future__ import annotations

import json
import os
import struct
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sanyou_desktop.exchange.errors import CannotWrite
from sanyou_desktop.exchange.paper_faces import Face, Faces, faces_for, fonts
from sanyou_desktop.resources import resource_path
from sanyou_desktop.wording import _

_LENGTH = struct.Struct(">I")
_LOOK_EVERY_S = 0.1
_NO_CONSOLE = 0x08000000

Look = Callable[[], None]


@dataclass(frozen=True)
class Job:
    """What is to be set.

    Attributes:
        template: the file in the resources that says how; "" only asks for the faces.
        document: its data, as JSON.
        roles: names that the template has for faces of the standard.
        texts: every text in it, by which missing characters are found.
    """

    template: str
    document: Mapping[str, Any]
    roles: Mapping[str, str]
    texts: Sequence[str]


def typeset(job: Job) -> tuple[bytes, Faces]:
    """Return the .pdf and what it was set with; b"" without a template.

    Raises:
        CannotWrite: the template and the document do not go together.
    """
    faces = faces_for(job.texts)
    if not job.template:
        return b"", faces
    import typst

    compiler = typst.Compiler(
        resource_path("summary", job.template).read_bytes(), font_paths=fonts()
    )
    roles: dict[str, Any] = {
        role: {"family": faces.by_name[name].family, "bold": faces.by_name[name].is_bold}
        for role, name in job.roles.items()
    }
    given = {
        "document": json.dumps(_drawable(job.document, faces), ensure_ascii=False),
        "faces": json.dumps(roles | {"others": list(faces.others)}, ensure_ascii=False),
    }
    try:
        # The day stands in the document; another moment must not make another file.
        made = compiler.compile(format="pdf", sys_inputs=given, timestamp=0)
    except typst.TypstError as error:
        raise CannotWrite(
            _("排版时出错（{reason}），没有写入文件。请把这句话告诉维护人员。").format(
                reason=error.message
            )
        ) from error
    assert isinstance(made, bytes)
    return made, faces


def typeset_apart(job: Job, look: Look) -> tuple[bytes, Faces]:
    """Do the same in a child process; ``look`` is called meanwhile and may raise to stop it.

    Raises:
        CannotWrite: as ``typeset``, or the child could not do it.
    """
    asked = json.dumps(job.__dict__, ensure_ascii=False).encode()
    with subprocess.Popen(
        [sys.executable, "-m", "sanyou_desktop.exchange.typeset"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=_environment(),
        creationflags=_NO_CONSOLE if sys.platform == "win32" else 0,
    ) as child:
        try:
            out, said = _talked(child, asked, look)
        finally:
            child.kill()
    if child.returncode or len(out) < _LENGTH.size:
        raise CannotWrite(
            _("排版时出错（{reason}），没有写入文件。请把这句话告诉维护人员。").format(
                reason=" ".join(said.decode("utf-8", "replace").split())[-200:]
            )
        )
    (length,) = _LENGTH.unpack_from(out)
    head = json.loads(out[_LENGTH.size : _LENGTH.size + length])
    return out[_LENGTH.size + length :], _faces_from(head)


def _talked(child: subprocess.Popen[bytes], asked: bytes, look: Look) -> tuple[bytes, bytes]:
    given: bytes | None = asked
    while True:
        try:
            return child.communicate(given, timeout=_LOOK_EVERY_S)
        except subprocess.TimeoutExpired:
            given = None
            look()


def _environment() -> dict[str, str]:
    """Return this process's environment, in which the child finds the same program."""
    here = str(Path(__file__).parents[2])
    known = os.environ.get("PYTHONPATH")
    return os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, (here, known)))}


def main() -> int:
    """Answer one job on standard input: length and JSON of the faces, then the .pdf."""
    job = Job(**json.loads(sys.stdin.buffer.read()))
    try:
        made, faces = typeset(job)
    except CannotWrite as error:
        print(error, file=sys.stderr)
        return 1
    head = json.dumps(_faces_to(faces), ensure_ascii=False).encode()
    sys.stdout.buffer.write(_LENGTH.pack(len(head)) + head + made)
    return 0


def _faces_to(faces: Faces) -> dict[str, Any]:
    return {
        "faces": [face.__dict__ for face in faces.by_name.values()],
        "others": faces.others,
        "missing": faces.missing,
        "borrowed": faces.borrowed,
    }


def _faces_from(head: dict[str, Any]) -> Faces:
    return Faces(
        {face["wanted"]: Face(**face) for face in head["faces"]},
        tuple(head["others"]),
        tuple(head["missing"]),
        tuple((char, family) for char, family in head["borrowed"]),
    )


def _drawable(found: Any, faces: Faces) -> Any:  # noqa: ANN401 - JSON
    if isinstance(found, str):
        return faces.drawable(found)
    if isinstance(found, dict):
        return {key: _drawable(value, faces) for key, value in found.items()}
    if isinstance(found, list | tuple):
        return [_drawable(value, faces) for value in found]
    return found


if __name__ == "__main__":
    sys.exit(main())
