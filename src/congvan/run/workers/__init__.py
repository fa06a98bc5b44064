"""Executors that render letters: processes of this machine, or a cluster named by a URL."""
