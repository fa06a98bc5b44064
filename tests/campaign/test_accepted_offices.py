"""Which offices the user has accepted: remembered in the user's settings, and nowhere else."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from congvan.campaign.accepted_offices import accept_office, is_accepted, settings_folder

NAMES = ["cơ quan", "a\nb", 'nháy "kép"', "dấu \\ ngược" if sys.platform != "win32" else "dấu"]


@pytest.mark.parametrize("name", NAMES if sys.platform != "win32" else NAMES[:1])
def test_an_office_is_remembered_under_any_name(tmp_path, name):
    (tmp_path / name).mkdir()
    assert not is_accepted(tmp_path / name)

    assert accept_office(tmp_path / name) is None
    assert is_accepted(tmp_path / name / ".." / name)
    assert not is_accepted(tmp_path)


def test_an_office_accepted_twice_is_one_line(tmp_path, settings):
    for name in ("a", "b", "a"):
        accept_office(tmp_path / name)

    (file,) = (path for path in settings.rglob("*") if path.is_file())
    assert len(file.read_text(encoding="utf-8").splitlines()) == 2


def test_a_line_that_was_edited_accepts_nothing_and_hides_no_other(tmp_path, settings):
    accept_office(tmp_path / "a")
    (file,) = (path for path in settings.rglob("*") if path.is_file())
    file.write_text(f"{tmp_path / 'b'}\n\n{file.read_text(encoding='utf-8')}", encoding="utf-8")

    assert (is_accepted(tmp_path / "a"), is_accepted(tmp_path / "b")) == (True, False)


def test_settings_that_cannot_be_written_are_a_warning(tmp_path, settings):
    (settings / "congvan").write_text("tệp chắn lối", encoding="utf-8")
    found = accept_office(tmp_path)

    assert (found.code, found.severity) == ("office-settings-unwritable", "warning")
    assert not is_accepted(tmp_path)


def test_each_system_has_its_own_place_for_settings(monkeypatch, tmp_path):
    monkeypatch.delenv("XDG_CONFIG_HOME")
    monkeypatch.setenv("APPDATA", str(tmp_path / "AppData"))
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    places = {}
    for system in ("linux", "darwin", "win32"):
        monkeypatch.setattr(sys, "platform", system)
        places[system] = settings_folder().relative_to(tmp_path).as_posix()

    assert places == {
        "linux": ".config/congvan",
        "darwin": "Library/Application Support/congvan",
        "win32": "AppData/congvan",
    }
