"""Named lists in the window: choosing among them, taking them over, beginning records from them."""
