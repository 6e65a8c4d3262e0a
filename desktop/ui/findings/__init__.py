"""合规页。What is not allowed, what needs care and what is not sure, with the clause of each."""
