"""存储。Keeps a family's records between two openings of the program; it stores, and knows no law."""
