"""A tag that costs too much is tried for one letter, not for each: the answer comes in seconds."""

import pytest

import congvan
from congvan.campaign.planning import letter_builder
from congvan.errors import CongvanError

COSTLY = "Nội dung {{ 'ab' * 10**9 }}"


@pytest.mark.parametrize(("file", "old"), [("thon.md", "Theo"), ("dot.yaml", "thông báo kế hoạch")])
def test_a_costly_tag_is_filled_for_the_first_letter_alone(project, monkeypatch, file, old):
    filled = []
    monkeypatch.setattr(
        letter_builder, "fill", lambda source, values: filled.append(source) or fill_as_it_is(source, values)
    )
    project.change(file, old, COSTLY if file == "thon.md" else f'"{COSTLY}"')

    with pytest.raises(CongvanError) as error:
        congvan.plan(congvan.load_campaign(project.campaign), only=["thon"]).report.raise_errors(CongvanError)

    assert [found.code for found in error.value.report.errors] == ["field-too-costly"]
    assert len([source for source in filled if "10**9" in source]) == 1


fill_as_it_is = letter_builder.fill
