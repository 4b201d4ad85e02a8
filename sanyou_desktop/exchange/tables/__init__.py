"""Tables that people keep: any sheet with a header row, read as records are read.

``reading`` knows files, ``heads`` finds which column is which field, ``values`` reads what offices
write into cells, ``taking`` compares the rows with the ledger. Nothing is written here.
"""
