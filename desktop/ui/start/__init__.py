"""首次启动。Start a family, open one, bring one in, or try a sample."""
