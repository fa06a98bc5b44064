"""Areas of a campaign: the units it is limited to, and those its approval names."""
