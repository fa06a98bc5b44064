"""Tiers and dates run one way."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from congvan.campaign.rules.order import DatedTier, approval_findings, order_findings
from congvan.findings import Place
from congvan.letter import IssueDate

SCHEME = ("tinh", "huyen", "xa", "thon")


def tiers(*pairs):
    return [DatedTier(cap, IssueDate.of(ngay) if ngay else None, Place(), Place()) for cap, ngay in pairs]


def told(*pairs):
    return [(one.code, one.values["cap"]) for one in order_findings(SCHEME, tiers(*pairs))]


def test_tiers_in_order_with_dates_that_never_run_backwards_are_sound():
    assert told(("tinh", "2021-04-05"), ("huyen", "2021-06-15"), ("thon", "2021-06-15")) == []


def test_a_tier_the_scheme_does_not_know_is_told_with_the_nearest():
    (found,) = order_findings(SCHEME, tiers(("huyện", "2021-04-05")))

    assert (found.code, found.values["near"]) == ("campaign-tier-unknown", "huyen")


def test_a_tier_twice_or_out_of_turn_is_told():
    assert told(("huyen", None), ("tinh", None), ("tinh", None)) == [
        ("campaign-tier-twice", "tinh"),
        ("campaign-tier-out-of-turn", "tinh"),
    ]


def test_a_later_tier_with_an_earlier_date_is_told_with_both():
    (found,) = order_findings(SCHEME, tiers(("tinh", "2021-04-05"), ("huyen", "2021-04-04")))

    assert found.message == "Văn bản cấp «huyen» ghi ngày 04/4/2021, trước văn bản cấp «tinh» ngày 05/4/2021."


def test_a_date_is_compared_with_every_earlier_tier_past_an_open_one():
    assert told(("tinh", "2021-04-05"), ("huyen", 2021), ("thon", "2021-03-01")) == [
        ("campaign-date-backwards", "thon")
    ]


def test_an_open_date_is_refused_only_when_no_day_can_save_it():
    assert told(("tinh", "2021-04-05"), ("huyen", "2021-04")) == []
    assert told(("tinh", "2021-04-05"), ("huyen", "2021-03")) == [("campaign-date-backwards", "huyen")]
    assert told(("tinh", "2021"), ("huyen", "2020")) == [("campaign-date-backwards", "huyen")]


def test_nothing_is_dated_before_the_approval():
    found = approval_findings(
        IssueDate(2021, 3, 15), tiers(("tinh", "2021-03-14"), ("huyen", "2021-03"), ("thon", 2020))
    )

    assert [one.values["cap"] for one in found] == ["tinh", "thon"]


open_dates = st.one_of(
    st.dates(min_value=IssueDate(2019).earliest, max_value=IssueDate(2023).latest).map(IssueDate.of),
    st.builds(IssueDate, st.integers(2019, 2023), st.integers(1, 12)),
    st.builds(IssueDate, st.integers(2019, 2023)),
)
some_tier = st.builds(DatedTier, st.sampled_from((*SCHEME, "quan")), open_dates, st.just(Place()), st.just(Place()))
any_tiers = st.lists(some_tier, max_size=6)


@settings(deadline=None)
@given(any_tiers)
def test_any_tiers_are_in_order_or_refused(some):
    if list(order_findings(SCHEME, some)):
        return
    positions = [SCHEME.index(tier.cap) for tier in some]
    days = [(tier.ngay.earliest, tier.ngay.latest) for tier in some]

    assert positions == sorted(set(positions))
    assert all(last >= first for at, (_, last) in enumerate(days) for first, _ in days[:at])


@settings(deadline=None)
@given(any_tiers)
def test_whole_dates_that_run_backwards_are_never_passed_over(some):
    known = {tier.cap: tier for tier in reversed(some) if tier.cap in SCHEME}
    ordered = [known[cap] for cap in SCHEME if cap in known]
    backwards = any(
        later.ngay.surely_before(earlier.ngay) for at, later in enumerate(ordered) for earlier in ordered[:at]
    )

    assert backwards == any(one.code == "campaign-date-backwards" for one in order_findings(SCHEME, some))
