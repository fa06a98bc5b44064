import copy
import pickle
from collections import ChainMap
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvan.letter.frozen_fields import FrozenFields, plain_fields

FIELDS = st.dictionaries(st.sampled_from("abcde"), st.integers())


@given(FIELDS, FIELDS, FIELDS)
def test_layers_read_like_a_chain_of_mappings(first, second, third):
    layers = FrozenFields(first, FrozenFields(MappingProxyType(second), third))
    chain = ChainMap(first, second, third)

    assert layers == chain
    assert list(layers.items()) == list(chain.items())
    assert layers.as_dict() == dict(chain)
    assert len(layers) == len(chain)
    assert [layers.get(name) for name in "abcdef"] == [chain.get(name) for name in "abcdef"]
    assert [name in layers for name in "abcdef"] == [name in chain for name in "abcdef"]


def test_fields_cannot_be_changed_nor_by_the_owner_of_a_dict_they_came_from():
    owned = {"xa": "xã Hà Bắc"}
    fields = FrozenFields(owned)
    owned["xa"] = "xã khác"
    fields.as_dict()["xa"] = "xã khác"

    assert fields["xa"] == "xã Hà Bắc"
    with pytest.raises(TypeError):
        fields["xa"] = "xã khác"


@pytest.mark.parametrize("frozen", [dict, MappingProxyType, FrozenFields])
def test_plain_fields_are_a_new_dict(frozen):
    fields = {"xa": "xã Hà Bắc"}
    plain = plain_fields(frozen(fields))

    assert type(plain) is dict
    assert plain == fields
    assert plain is not fields


def test_equal_fields_have_equal_hashes_whatever_their_values_are():
    fields = {"bang": [1, 2], "dot": {"ten": "Một"}}

    assert hash(FrozenFields(fields)) == hash(FrozenFields({"bang": [1, 2]}, {"dot": {"ten": "Một"}}))


def test_fields_can_be_pickled_and_copied():
    fields = FrozenFields({"bang": [1, 2]}, MappingProxyType({"xa": "xã Hà Bắc"}))

    assert pickle.loads(pickle.dumps(fields)) == fields
    assert copy.deepcopy(fields) == fields
    assert copy.deepcopy(fields)["bang"] is not fields["bang"]


def test_a_letter_is_the_same_with_layers_and_with_a_dict(letter):
    layers = FrozenFields({"dot": {"ten": "Một"}}, {"xa": "xã Hà Bắc"})
    layered, plain = letter(truong=layers), letter(truong={"xa": "xã Hà Bắc", "dot": {"ten": "Một"}})

    assert layered.truong is layers
    assert layered == plain
    assert layered.to_json() == plain.to_json()
