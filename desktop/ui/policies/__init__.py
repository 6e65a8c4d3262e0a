"""政策。Every value of the law by topic as it is on a day, with its history, source and uses."""
