"""Which databases a file from outside may name: one door, and nothing is opened to decide."""

import os
from pathlib import Path

import pytest
from sqlalchemy import make_url

from congvan.recipients import AllowedDatabases


def problem(allowed, address):
    found = allowed.problem(make_url(address))
    return found and found.code.removeprefix("recipients-")


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://vanthu@may-chu/ns",
        "postgresql://vanthu:x@MAY-CHU:5433/ns",
        "postgresql://may-chu,may-chu/ns",
        "postgresql://[::1]/ns",
        "postgresql://may-chu/ns?sslmode=verify-full&password=x",
    ],
)
def test_a_server_that_was_named_may_be_asked(address):
    assert problem(AllowedDatabases.of(["May-chu", "[::1]"]), address) is None


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://may-khac/ns",
        "postgresql://may-chu.vi-du.vn/ns",
        "postgresql://may-chu,may-khac/ns",
        "postgresql://may-chu@may-khac/ns",
        "postgresql://may-chu:5432@may-khac/ns",
        "postgresql://may-chu /ns",
        "postgresql:///ns",
        "postgresql://vanthu@/ns?host=may-chu",
    ],
)
def test_no_other_server_may(address):
    assert problem(AllowedDatabases.of(["may-chu"]), address) == "database-not-allowed"
    assert problem(AllowedDatabases(), address) == "database-not-allowed"


@pytest.mark.parametrize(
    "option",
    ["host=may-khac", "host=may-chu&host=may-khac", "hostaddr=192.0.2.1", "service=khac", "sslkey=/x", "passfile=/x",
     "require_auth=password", "options=-c%20x%3Dy", "plugin=x", "dbname=x"],
)  # fmt: skip
def test_no_option_leads_past_the_server_that_was_named(option):
    assert problem(AllowedDatabases.of(["may-chu"]), f"postgresql://may-chu/ns?{option}") == "database-options"


def test_an_address_without_a_host_means_this_computer():
    assert problem(AllowedDatabases.of(["localhost"]), "postgresql:///ns") is None


def test_sqlite_files_may_be_read_in_the_folder_and_where_it_was_allowed(tmp_path):
    folder, other = tmp_path / "dot", tmp_path / "khac"
    allowed = AllowedDatabases.of([str(other / "a.db")], folder)

    def told(path):
        return problem(allowed, f"sqlite:///{path.as_posix()}")

    assert [told(folder / "a.db"), told(folder / "x" / "a.db"), told(folder / "x" / ".." / "a.db")] == [None] * 3
    assert told(other / "a.db") is None
    outside = [other / "b.db", folder / ".." / "khac" / "b.db", tmp_path / "dot2" / "a.db", Path("/etc/a.db"), tmp_path]
    assert {told(path) for path in outside} == {"database-not-allowed"}


def test_a_host_is_no_folder_and_a_folder_no_host(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    assert problem(AllowedDatabases.of(["may-chu"]), "sqlite:///may-chu/a.db") == "database-not-allowed"
    assert problem(AllowedDatabases.of(["./may-chu"]), "sqlite:///may-chu/a.db") is None
    assert problem(AllowedDatabases.of(["./may-chu"]), "postgresql://may-chu/ns") == "database-not-allowed"


@pytest.mark.skipif(os.name == "nt", reason="links take rights of their own on Windows")
def test_a_link_does_not_lead_out_of_the_folder(tmp_path):
    folder = tmp_path / "dot"
    folder.mkdir()
    (folder / "a.db").symlink_to(tmp_path / "b.db")
    (folder / "x").symlink_to(tmp_path)

    assert problem(AllowedDatabases.of([], folder), f"sqlite:///{folder}/a.db") == "database-not-allowed"
    assert problem(AllowedDatabases.of([], folder), f"sqlite:///{folder}/x/b.db") == "database-not-allowed"
    assert problem(AllowedDatabases.of([str(tmp_path / "b.db")], folder), f"sqlite:///{folder}/a.db") is None


def test_a_name_no_file_can_have_is_outside_too(tmp_path):
    assert problem(AllowedDatabases.of([], tmp_path), "sqlite:////etc/a\0b") == "database-not-allowed"
    assert problem(AllowedDatabases.of([], tmp_path), f"sqlite:///{tmp_path.as_posix()}/a\0b") is None


def test_a_file_on_another_computer_is_not_even_looked_for(tmp_path, monkeypatch):
    def look(path, **_):
        assert Path(path).is_relative_to(tmp_path)
        return str(path)

    monkeypatch.setattr(os.path, "realpath", look)

    assert problem(AllowedDatabases.of([], tmp_path), "sqlite://///may-la/chung/a.db") == "database-not-allowed"
