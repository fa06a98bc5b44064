"""Python runs this as a process starts: one that congvan starts during an attack is watched like its parent.

``HOSTILE_CORPUS`` names the folder of all attacks, where such a process may read and write.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

if "HOSTILE_CORPUS" in os.environ:
    corpus = Path(os.environ["HOSTILE_CORPUS"])
    sys.path.append(str(Path(__file__).parents[1]))
    from watch import Watch

    told = os.open(corpus / "children.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    watch = Watch(lambda seen: os.write(told, f"process: {seen}\n".encode()))
    watch.folders = (corpus,)
