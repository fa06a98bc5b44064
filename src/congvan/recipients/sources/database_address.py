"""The address of a database as it may be shown: a password may stand in it twice, before the host and as an option."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import URL


def shown_address(url: URL) -> str:
    """The address without what may be secret: the password, and every option."""
    plain = url.set(drivername=url.get_backend_name(), query={})
    return plain.render_as_string(hide_password=True)


def without_secrets(text: str, url: URL) -> str:
    """``text``, an error of the database, without the passwords in its address."""
    secrets = [str(url.password or "")]
    for name, values in url.normalized_query.items():
        if "password" in name.lower():
            secrets += values
    for secret in filter(None, secrets):
        text = text.replace(secret, "***")
    return text
