"""A campaign and its plan: what is sent, by whom, to which tiers, on which dates, and so which letters, in which order.

:func:`load_campaign` reads the campaign file with everything it names and refuses it with all findings at once.
:func:`plan` turns a campaign into the ordered list of its letters: pure, no file, no clock. The plan is the only
place that orders; it says which numbers its letters need and, given them, writes every citation out.
"""

from congvan.campaign.agencies import Agencies
from congvan.campaign.campaign import Approval, Campaign, TierPlan
from congvan.campaign.copying import CopyPlan
from congvan.campaign.deadline import Deadline, DeadlineSetting, Standing
from congvan.campaign.list_fields import ListFields, list_fields
from congvan.campaign.loading import load_campaign
from congvan.campaign.plan import Plan, PlannedLetter
from congvan.campaign.planning import Planning, plan
from congvan.campaign.signature_pattern import SignaturePattern

__all__ = [
    "Agencies",
    "Approval",
    "Campaign",
    "CopyPlan",
    "Deadline",
    "DeadlineSetting",
    "ListFields",
    "Plan",
    "PlannedLetter",
    "Planning",
    "SignaturePattern",
    "Standing",
    "TierPlan",
    "list_fields",
    "load_campaign",
    "plan",
]
