"""What tests of Word files share: the audit of their structure."""

from __future__ import annotations

from collections.abc import Callable

import pytest


@pytest.fixture(scope="session")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Callable[[bytes], list[str]]:
    """What the Open XML audit says against a .docx; parts a small file may do without are not asked for."""
    audit_of = pytest.importorskip("openxml_audit", reason="openxml-audit is not installed")
    validator, folder = audit_of.OpenXmlValidator(), tmp_path_factory.mktemp("audit")

    def audit(content: bytes) -> list[str]:
        (folder / "van-ban.docx").write_bytes(content)
        said = map(str, validator.validate(folder / "van-ban.docx").errors)
        return [fault for fault in said if "A required relationship type" not in fault]

    return audit
