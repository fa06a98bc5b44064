"""``python -m congvan`` is the command line."""

from congvan.cli import main

if __name__ == "__main__":
    main()
