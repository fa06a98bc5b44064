import errno
import os
import sys

import pytest

from congvan.support.untrusted_files import is_remote_name, read_untrusted


def test_a_file_is_read_whole_up_to_its_limit(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"12345")

    assert read_untrusted(path, 5) == b"12345"
    with pytest.raises(OSError, match="MB") as error:
        read_untrusted(path, 4)
    assert error.value.errno == errno.EFBIG


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(IsADirectoryError):
        read_untrusted(tmp_path, 5)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such devices on Windows")
def test_a_device_that_never_ends_and_a_pipe_nobody_fills_are_not_opened(tmp_path):
    os.mkfifo(tmp_path / "ong")

    for path in (tmp_path / "ong", type(tmp_path)("/dev/zero")):
        with pytest.raises(OSError, match="tệp thường"):
            read_untrusted(path, 5)


@pytest.mark.parametrize(
    ("name", "is_remote"),
    [
        ("//may/chung/ds.csv", True),
        (r"\\may\chung\ds.csv", True),
        (r"\\?\C:\ds.csv", True),
        (r"\/may/ds.csv", True),
        ("../ds.csv", False),
        (r"C:\ds.csv", False),
        ("/home/ds.csv", False),
        ("a//b.csv", False),
    ],
)
def test_a_name_that_makes_windows_contact_another_computer(name, is_remote):
    assert is_remote_name(name) is is_remote
