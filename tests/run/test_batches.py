import pytest

from congvan.run.batches import batched


@pytest.fixture
def sizes():
    """How many letters each batch has, of so many letters of one template and an engine that takes ``most`` at once."""
    return lambda letters, most: [len(batch) for batch in batched(range(letters), lambda _: "mau", lambda _: most)]


def test_a_long_run_is_made_in_batches_as_large_as_the_engine_wants(sizes):
    assert sizes(1600, 200) == [200] * 8
    assert sizes(1800, 200) == [200] * 8 + [50] * 4
    assert sizes(400, 50) == [50] * 8


def test_a_short_run_is_made_in_several_batches_all_the_same(sizes):
    assert sizes(100, 200) == [50, 50]
    assert sizes(800, 200) == [100] * 8


def test_word_alone_is_made_in_small_batches(sizes):
    assert sizes(120, 50) == [50, 50, 20]


def test_letters_of_two_templates_are_in_no_batch_together():
    batches = list(batched("aaabba", lambda template: template, lambda _: 50))
    assert batches == [("a", "a", "a"), ("b", "b"), ("a",)]


def test_letters_are_asked_for_batch_by_batch():
    """However many letters there are, only those of the batches under way are held."""
    asked = []
    letters = (asked.append(number) or number for number in range(1000))
    batches = batched(letters, lambda _: "mau", lambda _: 50)
    next(batches)

    assert len(asked) < 200
