"""部件。The parts pages are made of: each takes plain data, paints or composes it, and knows no rule."""
