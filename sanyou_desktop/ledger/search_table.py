"""The search table's own SQL, apart from ``search`` so that migrations need nothing of model.

The ``ascii`` tokenizer splits at ASCII punctuation and keeps every other character, so the pairs
of Chinese characters, rare characters and emoji that we write as tokens stay whole.
"""

from __future__ import annotations

CREATE = """
CREATE VIRTUAL TABLE search USING fts5 (
    title, body, title_sound, body_sound, tokenize = 'ascii', prefix = '1'
)
"""
