"""办事指南。What to do, in which order, with which papers, and how long it takes: texts as data."""
