"""The folder as its users meet it."""

import subprocess
import sys

import congvan.text


def test_the_public_names_are_listed_in_order_and_exist():
    assert congvan.text.__all__ == sorted(congvan.text.__all__)
    assert all(hasattr(congvan.text, name) for name in congvan.text.__all__)


def test_importing_the_folder_loads_no_heavy_library():
    program = "import sys, congvan.text; print(sorted({'babel', 'num2words'} & set(sys.modules)))"
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
