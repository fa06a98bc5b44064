"""A file is whole at its place, or not there at all."""

import hashlib
import sys
from pathlib import Path
from threading import Thread

import pytest

from congvan.support import files
from congvan.support.files import remove_empty_folders, replace, sha256_of, write_whole, writing


def names(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_a_file_is_written_whole_and_its_folder_is_made(tmp_path):
    write_whole(tmp_path / "thon" / "hau-loc" / "001.docx", b"PK")

    assert (tmp_path / "thon" / "hau-loc" / "001.docx").read_bytes() == b"PK"
    assert names(tmp_path / "thon" / "hau-loc") == ["001.docx"]


def test_readers_see_the_old_file_until_the_new_one_is_whole(tmp_path):
    path = tmp_path / "manifest.json"
    path.write_bytes(b"old")

    with writing(path) as file:
        file.write(b"new")
        file.flush()
        assert path.read_bytes() == b"old"
    assert path.read_bytes() == b"new"


def test_a_file_may_be_written_out_of_order_and_read_back(tmp_path):
    with writing(tmp_path / "in.pdf") as file:
        file.write(b"....-1.7")
        file.seek(0)
        file.write(b"%PDF")
        file.seek(0)
        assert file.read() == b"%PDF-1.7"


@pytest.mark.parametrize("error", [ValueError, OSError, KeyboardInterrupt])
def test_an_error_while_writing_leaves_the_old_file_and_nothing_else(tmp_path, error):
    path = tmp_path / "manifest.json"
    path.write_bytes(b"old")

    def write_half():
        with writing(path) as file:
            file.write(b"half of the new")
            raise error

    with pytest.raises(error):
        write_half()
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["manifest.json"]


def test_a_file_that_cannot_take_its_place_is_an_error_and_leaves_nothing(tmp_path):
    (tmp_path / "in.pdf").mkdir()

    with pytest.raises(OSError):  # noqa: PT011 - each system has its own kind
        write_whole(tmp_path / "in.pdf", b"%PDF")
    assert names(tmp_path) == ["in.pdf"]


def test_a_folder_that_cannot_be_made_is_an_os_error(tmp_path):
    (tmp_path / "thon").write_bytes(b"a file where a folder should be")

    with pytest.raises(OSError):  # noqa: PT011 - each system has its own kind
        write_whole(tmp_path / "thon" / "001.docx", b"PK")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows limits the whole path")
def test_a_name_as_long_as_the_system_allows_can_be_written(tmp_path):
    write_whole(tmp_path / ("a" * 250 + ".docx"), b"PK")

    assert names(tmp_path) == ["a" * 250 + ".docx"]


def test_two_threads_that_write_one_file_never_mix_it(tmp_path):
    path = tmp_path / "index.html"
    contents = [str(number).encode() * 100_000 for number in range(4)]
    threads = [Thread(target=write_whole, args=(path, content)) for content in contents]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert path.read_bytes() in contents
    assert names(tmp_path) == ["index.html"]


def test_what_a_killed_writer_leaves_can_be_found(tmp_path):
    with writing(tmp_path / "in.pdf") as file:
        assert [path.name for path in tmp_path.glob(files.TEMPORARY_FILES)] == [Path(file.name).name]


def test_a_rename_is_tried_again_while_a_virus_scanner_holds_the_new_file(tmp_path, monkeypatch):
    refusals = [PermissionError(), PermissionError()]
    rename = Path.replace

    def busy(source, target):
        if refusals:
            raise refusals.pop()
        return rename(source, target)

    monkeypatch.setattr(files, "_RETRY_AFTER", (0, 0))
    monkeypatch.setattr(Path, "replace", busy)
    (tmp_path / "a").write_bytes(b"a")
    replace(tmp_path / "a", tmp_path / "b")

    assert names(tmp_path) == ["b"]


def test_a_file_that_stays_open_elsewhere_is_an_error(tmp_path, monkeypatch):
    def busy(*_):
        raise PermissionError

    monkeypatch.setattr(files, "_RETRY_AFTER", (0, 0))
    monkeypatch.setattr(Path, "replace", busy)
    with pytest.raises(PermissionError):
        write_whole(tmp_path / "danh-muc.xlsx", b"PK")
    assert names(tmp_path) == []


def test_the_hash_of_a_file_is_that_of_its_bytes_and_none_without_a_file(tmp_path):
    (tmp_path / "a").write_bytes(b"PK")

    assert sha256_of(tmp_path / "a") == hashlib.sha256(b"PK").hexdigest()
    assert sha256_of(tmp_path / "b") is None
    assert sha256_of(tmp_path) is None


def test_empty_folders_go_up_to_the_first_that_is_not_and_never_the_root(tmp_path):
    (tmp_path / "thon" / "hau-loc" / "dai-loc").mkdir(parents=True)
    (tmp_path / "thon" / "bim-son").mkdir()

    remove_empty_folders(tmp_path / "thon" / "hau-loc" / "dai-loc", tmp_path)
    assert names(tmp_path) == ["thon", "thon/bim-son"]

    remove_empty_folders(tmp_path / "thon" / "bim-son", tmp_path)
    remove_empty_folders(tmp_path, tmp_path)
    assert names(tmp_path) == []
