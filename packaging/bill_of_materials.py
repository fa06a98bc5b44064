"""What an installation of congvan consists of: every package with its version and licence.

``python packaging/bill_of_materials.py OUT`` installs congvan into an environment of its own and writes
``OUT/bom.json`` (CycloneDX) and ``OUT/licences.txt``.
"""

import json
import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).parents[1]
_LIST = """
import json
from importlib.metadata import distributions
found = []
for one in distributions():
    about = one.metadata
    licence = about.get("License-Expression") or "; ".join(
        name.rpartition(":: ")[2] for name in about.get_all("Classifier") or () if name.startswith("License ::")
    ) or (about.get("License") or "").split("\\n")[0]
    found.append([about["Name"], one.version, licence])
print(json.dumps(sorted(found, key=lambda one: one[0].lower())))
"""


def write_bill(out: Path) -> list[tuple[str, str, str]]:
    """Write both files and return name, version and licence of each package."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        python = _installed(Path(folder))
        told = subprocess.run([python, "-c", _LIST], capture_output=True, text=True, encoding="utf-8", check=True)
        packages = [tuple(one) for one in json.loads(told.stdout) if one[0].lower() not in {"pip", "setuptools"}]
        bom = [sys.executable, "-m", "cyclonedx_py", "environment", python, "--of", "JSON", "-o", str(out / "bom.json")]
        subprocess.run(bom, check=True, env=_clean_environment())
    width = max(len(name) for name, _, _ in packages)
    lines = [f"{name:<{width}}  {version:<12}  {licence or '?'}" for name, version, licence in packages]
    (out / "licences.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return packages


def _installed(folder: Path) -> str:
    """The Python of an environment that has congvan and what it needs, nothing else."""
    venv.create(folder, with_pip=True)
    python = str(folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))
    subprocess.run([python, "-m", "pip", "install", "--quiet", str(ROOT)], check=True, env=_clean_environment())
    return python


def _clean_environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}


if __name__ == "__main__":
    unknown = [name for name, _, licence in write_bill(Path(sys.argv[1])) if not licence]
    if unknown:
        sys.exit(f"no licence is stated by {', '.join(unknown)}")
