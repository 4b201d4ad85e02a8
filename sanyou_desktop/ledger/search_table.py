"""The search table's own SQL, apart from ``search`` so that migrations need nothing of model.

``title`` and ``body`` hold the tokens that ``search_terms`` makes; ``shown`` holds the text as
people wrote it, for excerpts. The ``ascii`` tokenizer splits at ASCII punctuation except the
marks of our own tokens, and keeps every other character whatever SQLite's Unicode version, so
that pairs of Chinese characters, rare characters and emoji stay whole. Hits come newest first
rather than by bm25, so the sizes of the columns are not kept.
"""

from __future__ import annotations

CREATE = """
CREATE VIRTUAL TABLE search USING fts5 (
    shown UNINDEXED, title, body, columnsize = 0, tokenize = "ascii tokenchars '_+~.='"
)
"""
