"""The dialogs in which deeds are done: one frame, one way to save, to refuse and to leave."""
