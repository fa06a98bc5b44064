"""The command line: one file a command; each parses, calls one function and prints."""

import os


def main() -> None:
    """Run the command line and end the process with its status."""
    from congvan.support import gc_tuning

    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # there are none, and looking for them takes a while
    gc_tuning.relax()  # there is none in what is loaded now
    from congvan.cli.main import main as run

    run()


__all__ = ["main"]
