"""结算页。A visit settled on trial: where its money comes from, and why."""
