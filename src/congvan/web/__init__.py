"""The clerk's page and the service: congvan over HTTP, by the same functions as the command line (extra ``web``).

:func:`create_app` makes the application for any ASGI server; ``congvan serve`` runs it. With ``Settings.folder`` it has
the clerk's page, without it the service alone.
"""

from congvan.web.app import create_app
from congvan.web.settings import Settings

__all__ = ["Settings", "create_app"]
