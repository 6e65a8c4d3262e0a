"""打印。What is to be printed, seen before it is; and scenarios that come back from a square code."""
