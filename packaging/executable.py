"""One folder with congvan in it that runs without Python, for the system it is made on.

``python packaging/executable.py OUT`` writes ``OUT/congvan/congvan`` (``congvan.exe`` on Windows) and tries it: a new
office, and its letters as drafts.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
_START = """
import multiprocessing
import congvan

if __name__ == "__main__":
    multiprocessing.freeze_support()
    congvan.freeze_support()
    from congvan.cli import main

    main()
"""
_WITH_DATA = ("congvan", "docxtpl", "docx", "num2words", "babel")
_HIDDEN = ("sqlite3", "congvan.pdf", "congvan.word", "congvan.run")


def build(out: Path) -> Path:
    """Make the folder and return the program in it."""
    import PyInstaller.__main__

    with tempfile.TemporaryDirectory() as folder:
        start = Path(folder) / "start.py"
        start.write_text(_START, encoding="utf-8")
        words = ["--noconfirm", "--clean", "--name", "congvan", "--console", "--paths", str(ROOT / "src")]
        words += ["--distpath", str(out), "--workpath", folder, "--specpath", folder]
        words += [word for name in _WITH_DATA for word in ("--collect-data", name)]
        words += [word for name in _HIDDEN for word in ("--hidden-import", name)]
        words += ["--collect-submodules", "congvan", "--collect-all", "dxpdf", "--exclude-module", "distributed"]
        words += ["--add-data", f"{ROOT / 'templates'}{os.pathsep}congvan/templates"]
        PyInstaller.__main__.run([*words, str(start)])
    return out / "congvan" / ("congvan.exe" if os.name == "nt" else "congvan")


def try_out(program: Path) -> int:
    """Make an office and its drafts with the program alone; the number of PDF files it made."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        for words in (["init", "co-quan"], ["render", "co-quan/campaign.yaml", "--draft"]):
            subprocess.run([program, *words], cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL)
        return len(list(Path(folder).rglob("001_*.pdf")))


if __name__ == "__main__":
    made = build(Path(sys.argv[1]))
    if try_out(made) == 0:
        sys.exit(f"{made} made no letter")
