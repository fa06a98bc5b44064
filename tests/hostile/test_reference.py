"""The page about safety is true: its codes exist, all of the door's codes are on it, and so are the limits."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from congvan.findings.catalogue import codes, meaning
from congvan.inspect.pdf import untrusted_pdf as outside_pdf
from congvan.pdf.engines.dxpdf import size_limits as bulk
from congvan.recipients.sources.sheet import LONGEST
from congvan.support import docx_container as container
from congvan.support.untrusted_files import LIST_LIMIT, MEGABYTE, TEXT_LIMIT, VALUES_LIMIT, WORD_LIMIT, YAML_LIMIT
from congvan.text.fields import budget, sandbox
from congvan.word.intake import admission as intake
from congvan.word.intake import pictures as picture
from congvan.word.intake.fetching_fields import FETCHING
from congvan.word.template.reading import unclosed_tags as unclosed

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "an-toan.md").read_text(encoding="utf-8")
NAMED = set(re.findall(r"^\| `([a-z-]+)` \|", PAGE, re.MULTILINE))


def test_every_code_on_the_page_exists():
    assert codes().keys() >= NAMED


def test_every_code_of_the_door_and_of_files_from_outside_is_on_the_page():
    assert {code for code in codes() if code.startswith(("intake-", "outside-"))} <= NAMED


def test_what_the_page_calls_refused_is_an_error_and_what_it_calls_taken_out_is_none():
    refused, _, taken_out = PAGE.partition("Bỏ đi và báo")
    listed = re.findall(r"^\| `(intake-[a-z-]+)` \|", refused, re.MULTILINE)

    assert {meaning(code).severity.value for code in listed} == {"error"}
    left = re.findall(r"^\| `(intake-[a-z-]+)` \|", taken_out, re.MULTILINE)
    assert {meaning(code).severity.value for code in left} == {"warning", "info"}


@pytest.mark.parametrize(
    "said",
    [
        f"nén quá {WORD_LIMIT // MEGABYTE} MB, mở ra quá {container.UNPACKED_LIMIT // MEGABYTE} MB",
        f"trên {container.RATIO_CHECKED_FROM // MEGABYTE} MB mà đặc quá {container.MAX_RATIO} lần",
        f"quá {container.MAX_PARTS:,} phần".replace(",", "."),
        f"một phần quá {intake.XML_LIMIT // MEGABYTE} MB hay {intake.MAX_TAGS // 10**6} triệu thẻ",
        f"quá {picture.MAX_PIXELS // 10**6} triệu điểm",
        f"{budget.STEPS // 10**6} triệu bước, {budget.CHARACTERS // 10**6} triệu ký tự làm ra và {budget.SECONDS:.0f} giây",
        f"{sandbox.MAX_TOKENS:,} từ trong thẻ".replace(",", "."),
        f"hơn {unclosed.MAX_OPEN_TAGS} thẻ mở",
        f"{LONGEST:,} ký tự".replace(",", "."),
        f"nội dung quá {TEXT_LIMIT // MEGABYTE} MB, danh sách YAML quá {YAML_LIMIT // MEGABYTE} MB",
        f"tệp giá trị quá {VALUES_LIMIT // MEGABYTE} MB, danh sách quá {LIST_LIMIT // MEGABYTE} MB",
        f"tối đa {outside_pdf.UNPACKED_STREAM // MEGABYTE} MB",
        f"tối đa {outside_pdf.SIGNS_A_PAGE:,} lệnh".replace(",", "."),
        f"{bulk.MAX_PARAGRAPHS:,} đoạn, {bulk.MAX_PAGE_BREAKS:,} ngắt trang".replace(",", ".").replace(
            "đoạn.", "đoạn,"
        ),
        *sorted(FETCHING),
    ],
)
def test_a_limit_on_the_page_is_the_one_in_force(said):
    assert said in " ".join(PAGE.split())
