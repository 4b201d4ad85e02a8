"""Setting a document with Typst.

Typst was chosen over fpdf2 and ReportLab because it breaks Chinese lines by the rules, repeats
table headers and embeds OpenType fonts of both outlines as subsets; ReportLab cannot embed the
outlines of the Noto fonts, and with fpdf2 all of the typesetting would be ours. The price is 34 MB.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sanyou_desktop.exchange.errors import CannotWrite
from sanyou_desktop.exchange.paper_faces import Faces, faces_for, fonts
from sanyou_desktop.resources import resource_path
from sanyou_desktop.wording import to_user


@dataclass(frozen=True)
class Job:
    """What is to be set.

    Attributes:
        template: the file in the resources that says how.
        document: its data, as JSON.
        roles: names that the template has for faces of the standard.
        texts: every text in it, by which missing characters are found.
    """

    template: str
    document: Mapping[str, Any]
    roles: Mapping[str, str]
    texts: Sequence[str]


def typeset(job: Job) -> tuple[bytes, Faces]:
    """Return the .pdf and what it was set with.

    Raises:
        CannotWrite: the template and the document do not go together.
    """
    faces = faces_for(job.texts)
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
            to_user("排版时出错（{reason}），没有写入文件。请把这句话告诉维护人员。").format(
                reason=error.message
            )
        ) from error
    assert isinstance(made, bytes)
    return made, faces


def _drawable(found: Any, faces: Faces) -> Any:  # noqa: ANN401 - JSON
    if isinstance(found, str):
        return faces.drawable(found)
    if isinstance(found, dict):
        return {key: _drawable(value, faces) for key, value in found.items()}
    if isinstance(found, list | tuple):
        return [_drawable(value, faces) for value in found]
    return found
