import pytest

from congvan.recipients import TIERS, Tier, TierScheme


def test_a_scheme_keeps_its_order_and_knows_its_tiers():
    scheme = TierScheme.of(["tinh", "xa", "thon"])

    assert scheme.names == ("tinh", "xa", "thon")
    assert "xa" in scheme
    assert TIERS["thon"] in scheme
    assert "huyen" not in scheme


def test_any_ordered_list_of_tiers_is_a_scheme():
    scheme = TierScheme.of(["tinh", "khu_vuc", Tier("cum", "cụm")])

    assert scheme.names == ("tinh", "khu_vuc", "cum")
    assert [tier.ten for tier in scheme] == ["tỉnh", "khu vuc", "cụm"]


def test_the_known_tiers_say_what_their_lists_must_hold():
    assert TIERS["thon"].required_columns == ("xa", "thon", "ho_ten")
    assert TIERS["thon"].is_person
    assert not TIERS["huyen"].is_person
    assert [name for name, tier in TIERS.items() if tier.is_hamlet] == ["thon"]
    assert Tier.of("thon") is TIERS["thon"]


@pytest.mark.parametrize("names", [[], ["tinh", "thon", "tinh"]])
def test_a_scheme_names_each_tier_once_and_at_least_one(names):
    with pytest.raises(ValueError, match="once"):
        TierScheme.of(names)
