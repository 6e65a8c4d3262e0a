"""首选项。Look, lock, conventions, the book with its backups and steps, and what the program is made of."""
