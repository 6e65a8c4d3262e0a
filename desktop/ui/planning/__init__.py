"""规划。Which scenario lasts longer, what it costs, how sure that is, and why."""
