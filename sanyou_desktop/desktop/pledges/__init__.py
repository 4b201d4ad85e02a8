"""What is done with pledges: publishing, keeping, renewing, and the notice on the wall."""
