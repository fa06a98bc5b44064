"""How templates with markup print a field: by one call, ``environment.printed``, where Jinja's own make four."""

from __future__ import annotations

from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame


class PrintingCode(CodeGenerator):
    """Writes templates out as Python; those without markup print as Jinja's do."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if _has_markup(frame):
            self.write("environment.printed(")
        else:
            super()._output_child_pre(node, frame, finalize)

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if _has_markup(frame):
            self.write(")")
        else:
            super()._output_child_post(node, frame, finalize)


def _has_markup(frame: Frame) -> bool:
    return frame.eval_ctx.autoescape and not frame.eval_ctx.volatile
