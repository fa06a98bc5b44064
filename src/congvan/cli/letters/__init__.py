"""Commands that make letters: render, plan, check, template."""
