"""Links to files of the project that the site does not hold are shown as the path of the file."""

import re
from typing import Any

_OUT_OF_DOCS = re.compile(
    r"\[([^\]]*)\]\(((?:\.\./)+(?:examples|src|tests|benchmarks|templates|[A-Z][A-Za-z.]*\.md)[^)]*)\)"
)


def on_page_markdown(markdown: str, **_: Any) -> str:
    """The page with such links as words; mkdocs calls it for each page."""
    return _OUT_OF_DOCS.sub(_as_path, markdown)


def _as_path(link: re.Match[str]) -> str:
    name, path = link[1], link[2].replace("../", "")
    return f"{name} (`{path}`)" if name.strip("`") not in path else f"`{path}`"
