"""Conditions on fields, ``loai == "khu công nghiệp"``, answered in the sandbox of texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from congvan.errors import TemplateError
from congvan.findings import Place, Report, finding
from congvan.text.fields.pattern import field_names, fill
from congvan.text.unicode_form import nfc

_TAGS: Final = ("{{", "}}", "{%", "%}", "{#", "#}")


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition as people write it, with the operators and filters of fields.

    Raises:
        TemplateError: when it is no condition.
    """

    text: str

    def __post_init__(self) -> None:
        if any(tag in self.text for tag in _TAGS):
            raise TemplateError(Report((finding("field-syntax", Place(), why=self.text),)))
        field_names(self._source)

    @property
    def names(self) -> frozenset[str]:
        """The fields it asks for."""
        return field_names(self._source)

    def holds(self, values: Mapping[str, Any]) -> bool:
        """Whether it is true of these fields.

        Raises:
            TemplateError: when a field has no value, or it leaves the sandbox.
        """
        return bool(fill(self._source, values))

    @property
    def _source(self) -> str:
        return f"{{% if {nfc(self.text)} %}}1{{% endif %}}"
