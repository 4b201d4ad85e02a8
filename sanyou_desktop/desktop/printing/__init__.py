"""Paper: what is printed from the window, looked at first, and the same as PDF."""
