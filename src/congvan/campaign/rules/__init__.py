"""What a campaign must keep besides the types of its keys: pure, from a campaign to findings."""
