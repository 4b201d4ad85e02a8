"""Forms: what a record's page looks like. Composed by hand from the editors of its fields."""
