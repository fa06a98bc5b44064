"""The server itself, by the official SDK, over standard input and output (extra ``congvan[mcp]``)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Final

from congvan.mcp.access import Access
from congvan.mcp.tools import Tools
from congvan.support.version import VERSION

if TYPE_CHECKING:
    from mcp.server.mcpserver import MCPServer

INSTRUCTIONS: Final = """congvan writes official letters by Vietnam's Decree 30/2020, from a campaign file (YAML)
and lists of recipients.
Check a campaign before you plan it, and plan it before you draft it. Findings carry a code: explain tells what to do.
A number stands for a paper in the world: letters are numbered and issued by people, unless this server offers it.
Names and telephones of persons are shown as "…" unless whoever started this server shows them."""


def server(access: Access, today: Callable[[], date]) -> MCPServer:
    """The server with the tools that ``access`` allows; ``today`` dates letters with ``ngay: hom-nay``.

    Raises:
        ImportError: where the extra ``mcp`` is not installed.
    """
    from mcp.server.mcpserver import MCPServer
    from mcp.types import ToolAnnotations

    made = MCPServer("congvan", version=VERSION, instructions=INSTRUCTIONS, log_level="ERROR")
    writing = {"render_draft", "number_letters", "issue_letters"}
    for tool in Tools(access, today).allowed():
        name = tool.__name__
        hints = ToolAnnotations(
            read_only_hint=name not in writing, destructive_hint=name == "issue_letters", open_world_hint=False
        )
        made.tool(name=name, description=tool.__doc__, annotations=hints)(tool)
    return made
