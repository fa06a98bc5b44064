"""A campaign and its plan: what is sent, by whom, to which tiers, on which dates, and so which letters, in which order.

:func:`load_campaign` reads the campaign file with everything it names and refuses it with all findings at once;
:func:`campaign_from` does the same with Python dicts and lists. :func:`plan` turns a campaign into the ordered list of
its letters: pure, no file, no clock. The plan is the only place that orders; it lists the numbers its letters need and,
given them, fills in every citation.

The parts know one another in one direction: ``model`` ← ``file`` ← ``load`` and ``model`` ← ``rules`` ← ``planning``;
loading applies rules, and never plans.
"""

from congvan.campaign.agencies import Agencies
from congvan.campaign.check import plan_file
from congvan.campaign.copies import Copies, SignaturePattern
from congvan.campaign.file.office_file import office_of
from congvan.campaign.file.text_file import read_text_file
from congvan.campaign.from_values import campaign_from
from congvan.campaign.history.days_of_numbering import keys_dated_by_number, with_dates_of_numbers
from congvan.campaign.history.issue_dates import issue_date_findings
from congvan.campaign.list_fields import ListFields, list_fields
from congvan.campaign.load import load_campaign
from congvan.campaign.model import Approval, Campaign, CampaignTier, DeadlineSetting, OfficeStyle, SymbolRule
from congvan.campaign.office import LintException, Office
from congvan.campaign.planning.plan import Plan, PlannedLetter
from congvan.campaign.planning.planner import plan
from congvan.campaign.regulation.day_words import DayUnit, DayWords
from congvan.campaign.regulation.declared import Activity, Flag, Message
from congvan.campaign.regulation.judgement import Judgement, Verdict
from congvan.campaign.regulation.rule import Reading, Rule, RuleKind, RuleSet
from congvan.decree.working_days import OfficeDays

__all__ = [
    "Activity",
    "Agencies",
    "Approval",
    "Campaign",
    "CampaignTier",
    "Copies",
    "DayUnit",
    "DayWords",
    "DeadlineSetting",
    "Flag",
    "Judgement",
    "LintException",
    "ListFields",
    "Message",
    "Office",
    "OfficeDays",
    "OfficeStyle",
    "Plan",
    "PlannedLetter",
    "Reading",
    "Rule",
    "RuleKind",
    "RuleSet",
    "SignaturePattern",
    "SymbolRule",
    "Verdict",
    "campaign_from",
    "issue_date_findings",
    "keys_dated_by_number",
    "list_fields",
    "load_campaign",
    "office_of",
    "plan",
    "plan_file",
    "read_text_file",
    "with_dates_of_numbers",
]
