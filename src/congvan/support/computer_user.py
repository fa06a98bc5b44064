"""The user of this computer, as the system knows them."""

from __future__ import annotations

import getpass
import os
import sys
from contextlib import suppress

NOBODY = "?"
"""The name where there is none."""


def named_user() -> str:
    """The name the user's environment gives, as most programs show it; :data:`NOBODY` where there is none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no name in the environment and none in the system's list
        return NOBODY


def real_user() -> str:
    """The name the system gives, whatever the environment says; :func:`named_user` for one without a name."""
    with suppress(OSError, KeyError, ImportError):  # a container's user has a number alone
        return os.getlogin() if sys.platform == "win32" else _name_of(os.getuid())
    return named_user()


def _name_of(uid: int) -> str:
    import pwd

    return pwd.getpwuid(uid).pw_name
