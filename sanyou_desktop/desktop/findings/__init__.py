"""What is done with findings in the window: the dialogs of the loop, photo pairs, repeats."""
