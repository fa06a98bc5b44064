import pickle
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvan.letter.layered import Layered, plain_fields

FIELDS = st.dictionaries(st.sampled_from("abcde"), st.integers())


@given(FIELDS, FIELDS, FIELDS)
def test_layers_read_like_one_mapping_in_which_later_fields_replace_earlier_ones(under, between, over):
    layers = Layered(Layered(under, MappingProxyType(between)), over)
    one = {**under, **between, **over}

    assert layers == one
    assert list(layers.items()) == list(one.items())
    assert list(layers.plain().items()) == list(one.items())
    assert len(layers) == len(one)
    assert repr(layers) == repr(one)
    assert [layers.get(name) for name in "abcdef"] == [one.get(name) for name in "abcdef"]
    assert [name in layers for name in "abcdef"] == [name in one for name in "abcdef"]


def test_layers_cannot_be_changed_nor_by_whoever_gave_a_dict_for_them():
    given_fields = {"xa": "xã Hà Bắc"}
    layers = Layered(given_fields, {})
    given_fields["xa"] = "xã khác"
    layers.plain()["xa"] = "xã khác"

    assert layers["xa"] == "xã Hà Bắc"
    with pytest.raises(TypeError):
        layers["xa"] = "xã khác"


@pytest.mark.parametrize("keep", [dict, MappingProxyType, lambda fields: Layered(fields, {})])
def test_plain_fields_are_a_dict_of_their_own(keep):
    fields = {"xa": "xã Hà Bắc"}
    plain = plain_fields(keep(fields))

    assert type(plain) is dict
    assert plain == fields
    assert plain is not fields


def test_a_letter_keeps_layers_and_says_the_same_as_with_a_dict(letter):
    fields = {"xa": "xã Hà Bắc", "dot": {"ten": "Một"}}
    layers = Layered({"xa": "xã Hà Bắc"}, {"dot": {"ten": "Một"}})
    layered, plain = letter(truong=layers), letter(truong=fields)

    assert layered.truong is layers
    assert layered == plain
    assert layered.model_dump_json() == plain.model_dump_json()
    assert pickle.dumps(layered) == pickle.dumps(plain)
    assert pickle.loads(pickle.dumps(layered)) == plain
