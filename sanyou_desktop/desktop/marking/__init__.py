"""Marking records with a degree of secrecy: where they had gone, and what else tells of them."""
