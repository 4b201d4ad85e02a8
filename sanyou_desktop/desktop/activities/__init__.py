"""What is done with activities: adding up what they report."""
