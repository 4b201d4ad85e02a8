"""What one can do with records beside typing into them, a file a kind."""
