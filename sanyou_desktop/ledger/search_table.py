"""The search tables' own SQL, apart from ``search`` so that migrations need nothing of model.

``search`` holds only an index of the tokens that ``search_terms`` makes. The ``ascii`` tokenizer
splits at ASCII punctuation except the marks of our own tokens, and keeps every other character
whatever SQLite's Unicode version, so that pairs of Chinese characters, rare characters and emoji
stay whole. Hits come newest first rather than by bm25, so the sizes of the rows are not kept.
There is one column only, because FTS5 writes the number of any other beside every token, and
because a search in one column reads the tokens of all: those of titles carry a mark instead.

``search_source`` keeps, compressed, what the tokens are made of (``search_entry``): FTS5 wants them
back to take a record out, and excerpts are cut from it. Kept by FTS5 itself, the tokens would
double the room that search takes.
"""

from __future__ import annotations

CREATE = """
CREATE VIRTUAL TABLE search USING fts5 (
    words, content = '', columnsize = 0, tokenize = "ascii tokenchars '_+~.=^'"
)
"""
CREATE_SOURCE = """
CREATE TABLE search_source (seq INTEGER PRIMARY KEY, packed BLOB NOT NULL) STRICT
"""
