"""套表: a superior's own form, matched to fields once and filled from the ledger."""
