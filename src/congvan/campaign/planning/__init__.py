"""From a campaign to its plan: grouping, order, citations and the letters themselves; pure."""
