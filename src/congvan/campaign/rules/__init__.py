"""The rules of a campaign besides the types of its keys: pure, from a campaign to findings."""
