import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvan.recipients import TIERS, Tier, TierScheme


def test_the_province_comes_before_the_hamlets():
    scheme = TierScheme.of(["tinh", "huyen", "thon"])

    assert scheme.before("tinh", "thon")
    assert scheme.before("huyen", "thon")
    assert not scheme.before("thon", "huyen")
    assert not scheme.before("huyen", "huyen")


def test_a_tier_outside_the_scheme_comes_before_nothing_and_after_nothing():
    scheme = TierScheme.of(["tinh", "xa", "thon"])

    assert "huyen" not in scheme
    assert scheme.position("huyen") is None
    assert not scheme.before("huyen", "thon")
    assert not scheme.before("tinh", "huyen")


def test_any_ordered_list_of_tiers_is_a_scheme():
    scheme = TierScheme.of(["tinh", "khu_vuc", Tier("cum", "cụm")])

    assert scheme.names == ("tinh", "khu_vuc", "cum")
    assert [tier.ten for tier in scheme] == ["tỉnh", "khu vuc", "cụm"]
    assert scheme.before("khu_vuc", "cum")


def test_the_known_tiers_say_what_their_lists_must_hold():
    assert TIERS["thon"].required_columns == ("xa", "thon", "ho_ten")
    assert TIERS["thon"].is_person
    assert not TIERS["huyen"].is_person
    assert Tier.of("thon") is TIERS["thon"]


@pytest.mark.parametrize("names", [[], ["tinh", "thon", "tinh"]])
def test_a_scheme_names_each_tier_once_and_at_least_one(names):
    with pytest.raises(ValueError, match="once"):
        TierScheme.of(names)


@given(st.lists(st.sampled_from(["tinh", "huyen", "xa", "thon", "cum"]), min_size=1, unique=True))
def test_of_two_different_tiers_exactly_one_comes_first(names):
    scheme = TierScheme.of(names)

    for first in names:
        for second in names:
            assert scheme.before(first, second) + scheme.before(second, first) == (first != second)
