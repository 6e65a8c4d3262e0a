"""命令行。The face of the use cases for a terminal and for other programs."""
