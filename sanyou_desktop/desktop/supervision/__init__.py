"""督办: issuing slips about findings, and printing them."""
