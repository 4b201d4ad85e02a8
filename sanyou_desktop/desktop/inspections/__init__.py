"""Inspections beyond their form: made from plans, held on the spot, raised, printed."""
