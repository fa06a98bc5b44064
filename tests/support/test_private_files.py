"""What congvan keeps for itself is its user's alone, or its group's where the folder is shared."""

import os
import stat
import sys

import pytest

from congvan.support.files import writing
from congvan.support.private_files import create_private_file, make_private_folder, private_opener

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture(autouse=True)
def umask():
    """The umask of most computers, by which everybody may read; a shared folder's users have 002."""
    before = os.umask(0o002)
    yield
    os.umask(before)


def test_a_private_folder_is_its_users_alone_and_those_above_it_are_as_usual(tmp_path):
    make_private_folder(tmp_path / "out" / ".congvan")

    assert mode(tmp_path / "out" / ".congvan") == 0o700
    assert mode(tmp_path / "out") == 0o775


def test_a_private_file_is_its_users_alone_however_it_is_made(tmp_path):
    create_private_file(tmp_path / "so.sqlite3")
    with open(tmp_path / "journal", "ab", opener=private_opener) as file:
        file.write(b"x")
    with writing(tmp_path / "whole", private=True) as file:
        file.write(b"x")

    assert [mode(path) for path in sorted(tmp_path.iterdir())] == [0o600] * 3


def test_a_file_for_people_is_as_the_umask_says(tmp_path):
    with writing(tmp_path / "001.docx") as file:
        file.write(b"x")

    assert mode(tmp_path / "001.docx") == 0o664


def test_in_a_folder_shared_with_a_group_the_group_has_the_same_rights(tmp_path):
    tmp_path.chmod(0o2770)
    make_private_folder(tmp_path / ".congvan")
    create_private_file(tmp_path / "so.sqlite3")

    assert mode(tmp_path / ".congvan") & 0o777 == 0o770
    assert mode(tmp_path / "so.sqlite3") == 0o660


def test_what_is_there_keeps_its_mode_and_its_content(tmp_path):
    (tmp_path / "so.sqlite3").write_bytes(b"numbers")
    (tmp_path / "so.sqlite3").chmod(0o640)
    (tmp_path / ".congvan").mkdir(mode=0o750)
    create_private_file(tmp_path / "so.sqlite3")
    make_private_folder(tmp_path / ".congvan")

    assert (tmp_path / "so.sqlite3").read_bytes() == b"numbers"
    assert (mode(tmp_path / "so.sqlite3"), mode(tmp_path / ".congvan")) == (0o640, 0o750)


def test_no_file_is_made_where_a_link_leads(tmp_path):
    (tmp_path / "so.sqlite3").symlink_to(tmp_path / "elsewhere")
    create_private_file(tmp_path / "so.sqlite3")

    assert not (tmp_path / "elsewhere").exists()
