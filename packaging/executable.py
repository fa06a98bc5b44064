"""One folder with congvan in it that runs without Python, for the system it is made on.

``python packaging/executable.py OUT`` installs congvan and PyInstaller into an environment of their own, so that
nothing else of this machine gets in, writes ``OUT/congvan/congvan`` (``congvan.exe`` on Windows) and tries it: a new
office, and its letters as drafts.
"""

import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).parents[1]
_START = """
import multiprocessing

if __name__ == "__main__":
    multiprocessing.freeze_support()
    import congvan

    congvan.freeze_support()
    from congvan.cli import main

    main()
"""
_WITH_ALL = ("congvan", "dxpdf")
_WITH_DATA = ("docxtpl", "docx", "num2words", "babel")


def build(out: Path) -> Path:
    """Make the folder and return the program in it."""
    with tempfile.TemporaryDirectory() as folder:
        python = _environment(Path(folder) / "environment")
        start = Path(folder) / "start.py"
        start.write_text(_START, encoding="utf-8")
        words = ["--noconfirm", "--name", "congvan", "--console", "--log-level", "WARN"]
        words += ["--distpath", str(out), "--workpath", folder, "--specpath", folder]
        words += [word for name in _WITH_ALL for word in ("--collect-all", name)]
        words += [word for name in _WITH_DATA for word in ("--collect-data", name)]
        subprocess.run([python, "-m", "PyInstaller", *words, str(start)], check=True, env=_without_python())
    return out / "congvan" / ("congvan.exe" if os.name == "nt" else "congvan")


def try_out(program: Path) -> int:
    """Make an office and its drafts with the program alone; the number of first letters it made as PDF."""
    with tempfile.TemporaryDirectory() as folder:
        for words in (["init", "co-quan"], ["render", "co-quan/campaign.yaml", "--draft"]):
            subprocess.run([program.absolute(), *words], cwd=folder, env=_without_python(), check=True)
        return len(list(Path(folder).rglob("001_*.pdf")))


def _environment(folder: Path) -> str:
    venv.create(folder, with_pip=True)
    python = str(folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))
    install = [python, "-m", "pip", "install", "--quiet", str(ROOT), "pyinstaller>=6.10"]
    subprocess.run(install, check=True, env=_without_python())
    return python


def _without_python() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}


if __name__ == "__main__":
    made = build(Path(sys.argv[1]))
    if try_out(made) == 0:
        sys.exit(f"{made} made no letter")
