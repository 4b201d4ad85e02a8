"""总结材料: the document that a unit sends upward about a period, composed from its records.

``chosen`` says which records speak, ``sections`` and its neighbours turn them into paragraphs,
``compose`` puts the document together, ``blocks`` is what it is made of. Nothing here knows of
paper: ``exchange`` writes the same document as .docx and as .pdf.

Every sentence states what a record holds. Where nothing was recorded, nothing is said in the
document, and the operator is told so in ``Summary.remarks``.
"""

from sanyou_desktop.model.summary.blocks import (
    Annex,
    Chart,
    Heading,
    Note,
    Paragraph,
    Summary,
    Table,
)
from sanyou_desktop.model.summary.compose import Told, compose

__all__ = ["Annex", "Chart", "Heading", "Note", "Paragraph", "Summary", "Table", "Told", "compose"]
