from datetime import date
from xml.etree import ElementTree as ET

import pytest

from congvan.pdf.metadata import PdfMetadata

DC = "{http://purl.org/dc/elements/1.1/}"
XMP = "{http://ns.adobe.com/xap/1.0/}"


def test_the_packet_is_xml_that_gives_the_title_back():
    packet = ET.fromstring(PdfMetadata('V/v <thanh toán> & "điện"').xmp())

    assert "".join(packet.find(f".//{DC}title").itertext()) == 'V/v <thanh toán> & "điện"'


@pytest.mark.parametrize("name", ["description", "creator"])
def test_what_is_not_given_is_not_said(name):
    assert ET.fromstring(PdfMetadata("a").xmp()).find(f".//{DC}{name}") is None


def test_a_day_of_issue_is_a_day_in_vietnam():
    packet = ET.fromstring(PdfMetadata("a", created=date(2021, 4, 5)).xmp())

    assert packet.find(f".//{XMP}CreateDate").text == "2021-04-05T00:00:00+07:00"
