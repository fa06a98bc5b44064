import threading

import pytest

from congvan.errors import TemplateError
from congvan.text.fields import budget
from congvan.text.fields.budget import BudgetExceededError, charge, fresh_budget, join_pieces, spend_steps
from congvan.text.fields.pattern import fill

ENDLESS = "{% for i in range(9999) %}{% for j in range(9999) %}{% endfor %}{% endfor %}"


def test_steps_are_counted_over_the_whole_filling():
    with fresh_budget():
        spend_steps(budget.STEPS)
        with pytest.raises(BudgetExceededError, match="steps"):
            spend_steps(1)


def test_the_next_filling_begins_anew():
    with pytest.raises(TemplateError):
        fill(ENDLESS, {})

    assert fill("{% for i in range(3) %}{{ i }}{% endfor %}", {}) == "012"


def test_what_counting_does_not_see_ends_by_the_clock(monkeypatch):
    monkeypatch.setattr(budget, "SECONDS", 0.05)
    slow = "{% set l = range(50000)|list %}{% for i in range(9999) %}{% if 'x' in l %}{% endif %}{% endfor %}"

    with pytest.raises(TemplateError) as error:
        fill(slow, {})

    (found,) = error.value.report
    assert (found.code, "seconds" in found.values["why"]) == ("field-too-costly", True)


def test_a_limit_holds_in_every_thread():
    ended = []

    def work():
        try:
            fill(ENDLESS, {})
        except TemplateError as error:
            ended.append(error.report.findings[0].code)

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert ended == ["field-too-costly", "field-too-costly"]


def test_a_text_is_joined_whole_and_its_length_spent():
    with fresh_budget() as left:
        assert join_pieces(str(n % 10) for n in range(1000)) == "0123456789" * 100
        assert left.characters == budget.CHARACTERS - 1000


def test_a_list_in_a_list_counts_as_often_as_it_is_there():
    inner = list(range(100))
    with fresh_budget() as left:
        charge([inner, inner])
        assert budget.CHARACTERS - left.characters > cost_of(inner)


def cost_of(value):
    with fresh_budget() as left:
        charge(value)
        return budget.CHARACTERS - left.characters
