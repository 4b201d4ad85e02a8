"""The pages that are not a list of one kind: today, reporting up, recycle bin, settings ..."""
