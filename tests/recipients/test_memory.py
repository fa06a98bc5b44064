"""However long a list is, only a few of its rows are held at once, as long as nobody keeps its recipients."""

import gc

import pytest

from congvan.recipients import OpenDirectory, Recipient, Row, SheetRow, recipient_source
from congvan.recipients.lists.list_file import write_list

TITLES = ["Huyện", "Xã", "Thôn", "Họ và tên", "Ông/Bà", "Điện thoại"]


def held():
    """How many rows and recipients there are just now."""
    return sum(isinstance(one, Recipient | Row | SheetRow) for one in gc.get_objects())


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_long_list_is_never_held_whole(tmp_path, kind):
    path = tmp_path / f"ds.{kind}"
    write_list(path, TITLES, [["Hậu Lộc", "Đa Lộc", f"Thôn {n}", f"Lò Văn {n}", "Ông", ""] for n in range(3_000)])
    before = held()

    directory = OpenDirectory(recipient_source(path), "thon")
    most = max(held() if number % 500 == 0 else 0 for number, _ in enumerate(directory))

    assert most - before < 100  # the first thirty rows are kept, for the header is among them
    assert directory.report().ok
