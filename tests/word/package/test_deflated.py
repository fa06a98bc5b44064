import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvan.word.package.deflated import QUICK, Deflated, Opening

PARAGRAPH = (
    '<w:p><w:pPr><w:pStyle w:val="NoiDung"/></w:pPr><w:r><w:t>Kính gửi Ủy ban nhân dân xã</w:t></w:r></w:p>'.encode()
)


def content_of(deflated):
    reader = zlib.decompressobj(-15)
    content = reader.decompress(deflated.data)
    assert reader.eof
    assert not reader.unused_data
    return content


@given(st.binary())
def test_content_comes_back_as_it_was(content):
    deflated = Deflated.of(content, QUICK)

    assert (content_of(deflated), deflated.crc, deflated.size) == (content, zlib.crc32(content), len(content))


@given(st.binary(max_size=2000), st.binary(max_size=2000))
def test_an_opening_and_what_follows_it_are_one_content(start, rest):
    whole, deflated = start + rest, Opening(start).followed_by(rest)

    assert (content_of(deflated), deflated.crc, deflated.size) == (whole, zlib.crc32(whole), len(whole))


@pytest.mark.parametrize("rest", [b"", b"x" * 511, b"x" * 512, PARAGRAPH * 1_000])
def test_what_follows_may_be_of_any_length(rest):
    assert content_of(Opening(PARAGRAPH).followed_by(rest)) == PARAGRAPH + rest


def test_what_follows_is_the_same_bytes_whatever_followed_before():
    opening = Opening(PARAGRAPH)
    alone = opening.followed_by(PARAGRAPH * 20)

    opening.followed_by(b"something else" * 100)

    assert opening.followed_by(PARAGRAPH * 20) == alone


def test_what_follows_can_refer_back_to_the_opening():
    rest = bytes(range(256)) * 3

    assert len(Opening(rest).followed_by(rest).data) < len(Opening(b"").followed_by(rest).data) + 100
    assert len(Opening(rest).followed_by(rest).data) - len(Opening(rest).followed_by(b"").data) < 50
