"""A template to begin with: the layout of GB/T 9704 with every place that can be filled."""

from __future__ import annotations

from pathlib import Path

from sanyou_desktop.exchange import official_document as paper
from sanyou_desktop.exchange import official_styles as styles
from sanyou_desktop.exchange.office_owner import check_not_open
from sanyou_desktop.exchange.safe_write import clear_leftovers, replacing
from sanyou_desktop.wording import in_source_language

_LINES = (
    ("{{标题}}", styles.TITLE),
    ("", styles.ADDRESSEE),
    ("{{主送机关}}：", styles.ADDRESSEE),
    ("{{正文}}", styles.BODY),
    ("{{附件说明}}", styles.ANNEX_LIST),
    ("", styles.SIGNATURE),
    ("{{署名}}", styles.SIGNATURE),
    ("{{成文日期}}", styles.SIGNATURE),
    ("{{附注}}", styles.BODY),
    ("{{附件}}", styles.ANNEX_MARK),
)


def write_example(path: Path) -> None:
    """Write the template, to be changed in Word or WPS: 红头, margins, faces, further text.

    Raises:
        ExchangeError: the file cannot be written; what was at ``path`` is as it was.
    """
    check_not_open(path)
    clear_leftovers(path)
    with in_source_language():
        document = paper.new_document()
        styles.add_styles(document, keep=False)
        for text, style in _LINES:
            made = document.add_paragraph(text, style=style)
            if text == "{{附件}}":
                made.paragraph_format.page_break_before = True
    with replacing(path) as temporary:
        document.save(str(temporary))
