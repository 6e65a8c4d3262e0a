"""流水。Every fen that moved, with the balance after it; filtered by people, kinds, sources and days."""
