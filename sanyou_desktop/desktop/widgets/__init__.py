"""Widgets that know nothing of records: banner, chips, search box, fields with labels."""
