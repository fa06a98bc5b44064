"""Where there is little: few descriptors, little memory, one processor, nowhere to write, no user, no home."""

import sys

import pytest
from letters import make

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits of processes as Linux has them")

LIMITED = """
import resource
def limit(name, value):
    resource.setrlimit(getattr(resource, name), (value, resource.getrlimit(getattr(resource, name))[1]))
"""


def limited(limits, then):
    lines = [f"limit({name!r}, {value})" for name, value in limits.items()]
    return "\n".join((LIMITED, *lines, then))


MAKE = "import letters; print(letters.make(1))"
TRY = """
import congvan, letters
from congvan.findings import set_language
set_language("vi")
try:
    letters.make(1)
except congvan.CongvanError as error:
    print(error.code, error)
"""


@pytest.mark.parametrize(
    "limits",
    [{"RLIMIT_AS": 400 * 2**20}, {"RLIMIT_NOFILE": 16}, {"RLIMIT_AS": 400 * 2**20, "RLIMIT_NOFILE": 16}],
    ids=["400 MB", "16 descriptors", "both"],
)
def test_a_letter_needs_little(said, limits):
    assert said(limited(limits, MAKE)) == [make(1)]


def test_without_descriptors_it_is_said_and_with_more_it_goes_on(said):
    program = f"import congvan.word.letter_document, congvan.pdf.convert\n{LIMITED}\nlimit('RLIMIT_NOFILE', 5)"
    refused, made = said(f"{program}\n{TRY}\nlimit('RLIMIT_NOFILE', 64)\nprint(letters.make(1))")

    assert refused.startswith("batch-worker-failed")
    assert made == make(1)


def test_where_nothing_can_be_written_it_is_said_what_is_missing(said):
    """A limit of no byte a file stands for a full disk and a read-only file system: no folder can be written to."""
    (line,) = said(limited({"RLIMIT_FSIZE": 0}, TRY))

    assert line.startswith("batch-worker-failed")
    assert "TMPDIR" in line


def test_on_one_processor_a_campaigns_letters_are_made(said):
    program = "import os; os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})\n" + MAKE
    assert said(program) == [make(1)]


def test_a_program_without_home_and_environment_makes_letters(said):
    assert said("import os\nos.environ.clear()\nimport letters; print(letters.make(1))") == [make(1)]
