"""A Celery task that makes a letter, in the worker's forked processes.

Run: ``pip install congvan celery``, then in this folder ``celery -A celery_task worker --pool prefork``, and meanwhile
``python celery_task.py letter.json letter.pdf``.

Queue and results are folders here (below ``QUEUE_FOLDER``), so that no broker is needed; in an office they are Redis or
RabbitMQ. A letter that is refused is a failed task; its message holds the findings as JSON, since errors of Celery
travel as text.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from celery import Celery

import congvan
from congvan.errors import ReportError

QUEUE = Path(os.environ.get("QUEUE_FOLDER", "queue")).absolute()
for name in ("messages", "control", "results"):
    (QUEUE / name).mkdir(parents=True, exist_ok=True)

app = Celery("letters", broker="filesystem://", backend=(QUEUE / "results").as_uri())
app.conf.broker_transport_options = {
    "data_folder_in": str(QUEUE / "messages"),
    "data_folder_out": str(QUEUE / "messages"),
    "control_folder": str(QUEUE / "control"),
}


@app.task(name="make_letter")
def make_letter(parts: dict[str, Any], path: str) -> int:
    """Write the PDF of the letter that has these parts, and return its size in bytes."""
    try:
        letter = congvan.Letter(**parts)
        pdf = congvan.to_pdf(congvan.render_docx(letter))
    except ReportError as error:
        raise ValueError(error.report.to_json()) from None
    return Path(path).write_bytes(pdf)


if __name__ == "__main__":
    source, target = sys.argv[1:]
    task = make_letter.delay(json.loads(Path(source).read_text(encoding="utf-8")), str(Path(target).absolute()))
    print(task.get(timeout=60), "bytes")
