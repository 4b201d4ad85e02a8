"""What is done with surveys: counting the answers as they are called out."""
