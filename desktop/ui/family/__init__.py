"""家庭页。Who pays for whom, and whether it is allowed."""
