"""The profile LibreOffice is started with and that is thrown away afterwards: no macros, no links, no network."""

from __future__ import annotations

from pathlib import Path
from typing import Final

_NOWHERE: Final = "127.0.0.1"
_DISCARD: Final = 9  # the port nobody answers on
_COMMON: Final = "/org.openoffice.Office.Common"
_PROXY: Final = "/org.openoffice.Inet/Settings"

SETTINGS: Final[tuple[tuple[str, str, str], ...]] = (
    (f"{_COMMON}/Security/Scripting", "MacroSecurityLevel", "3"),
    (f"{_COMMON}/Security/Scripting", "DisableMacrosExecution", "true"),
    (f"{_COMMON}/Security/Scripting", "DisableActiveContent", "true"),
    (f"{_COMMON}/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    (f"{_COMMON}/Save/Document", "LoadPrinter", "false"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "2"),  # never
    (_PROXY, "ooInetProxyType", "2"),  # by hand
    *(
        setting
        for kind in ("HTTP", "HTTPS", "FTP")
        for setting in (
            (_PROXY, f"ooInet{kind}ProxyName", _NOWHERE),
            (_PROXY, f"ooInet{kind}ProxyPort", str(_DISCARD)),
        )
    ),
    ("/org.openoffice.Office.Jobs/Jobs/org.openoffice.Office.Jobs:Job['UpdateCheck']/Arguments", "AutoCheckEnabled", "false"),
)
"""What is set: the path in LibreOffice's registry, the name, the value."""

_ITEM: Final = '<item oor:path="{}"><prop oor:name="{}" oor:op="fuse"><value>{}</value></prop></item>\n'
_FILE: Final = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
{}</oor:items>
"""


def write_profile(folder: Path) -> str:
    """Lay a profile out in ``folder`` and return the option that makes LibreOffice use it."""
    user = folder / "user"
    user.mkdir(parents=True)
    items = "".join(_ITEM.format(*setting) for setting in SETTINGS)
    (user / "registrymodifications.xcu").write_text(_FILE.format(items), encoding="utf-8")
    return f"-env:UserInstallation={folder.as_uri()}"
