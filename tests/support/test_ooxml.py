from congvan.support.ooxml import NAMESPACES, W, qn


def test_a_name_with_its_prefix_becomes_the_name_lxml_knows():
    assert qn("w:p") == f"{W}p" == "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"


def test_no_namespace_has_two_prefixes():
    assert len(set(NAMESPACES.values())) == len(NAMESPACES)
