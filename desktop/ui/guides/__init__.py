"""办事页。What to do next, until when, with what, and where: one guide at a time."""
