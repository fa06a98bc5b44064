"""Who may read what a run makes: letters and lists whoever the umask says, what congvan keeps only its user."""

import os
import stat
import sys

import pytest

from congvan.campaign import accepted_offices
from congvan.register import Register

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")


@pytest.fixture(autouse=True)
def umask():
    """The umask of most computers, by which everybody may read."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def modes(folder, pattern):
    return {stat.S_IMODE(path.stat().st_mode) for path in folder.glob(pattern)}


def test_the_register_and_the_journal_are_their_users_alone_and_letters_are_for_everybody(project):
    run = project.render(formats=("docx",))
    out = run.out

    assert modes(project.folder, "*.sqlite3") == {0o600}
    assert modes(out, ".congvan") == {0o700}
    assert modes(out / ".congvan", "*") == {0o600}
    assert modes(out, "*/*.docx") | modes(out, "*.xlsx") | modes(out, "*.json") == {0o644}
    assert modes(out, "[0-9]*") == {0o755}


def test_a_backup_of_the_register_is_its_users_alone(project, tmp_path):
    project.render(formats=("docx",))
    (path,) = project.folder.glob("*.sqlite3")
    with Register.open(path) as register:
        register.backup(tmp_path / "copy.sqlite3")

    assert modes(tmp_path, "copy.sqlite3") == {0o600}


def test_a_register_shared_with_a_group_stays_shared(project):
    project.render(formats=("docx",), only=("tinh",))
    (path,) = project.folder.glob("*.sqlite3")
    path.chmod(0o660)
    project.render(formats=("docx",))

    assert modes(project.folder, "*.sqlite3") == {0o660}


def test_nobody_else_can_see_which_offices_a_user_has_accepted(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    accepted_offices.accept_office(tmp_path)

    assert modes(tmp_path / "settings", "congvan") == {0o700}
    assert modes(tmp_path / "settings" / "congvan", "*") == {0o600}
