"""What is done with rules: their life, their versions, their catalogue."""
