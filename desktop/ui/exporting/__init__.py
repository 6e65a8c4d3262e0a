"""导出。What a family is written as, with names or without, and where to."""
