import pytest

from congvan.errors import TemplateError
from congvan.text.fields.pattern import field_names, fill


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        ("{% macro b(x) %}[{{ x }}{{ caller() }}]{% endmacro %}{% call b(1) %}x{% endcall %}", "[1x]"),
        ("{% filter upper %}{% for i in range(2) %}{{ i }}a{% endfor %}{% endfilter %}", "0A1A"),
        ("{% set q | upper %}abc{% endset %}{{ q }}", "ABC"),
        (
            "{% for a, b in [(1, 2), (3, 4)] %}{{ a }}{{ b }}{{ loop.index }}/{{ loop.length }} {% endfor %}",
            "121/2 342/2 ",
        ),
        ("{% for x in [1, [2]] recursive %}{{ loop(x) if x is iterable else x }}{% endfor %}", "12"),
        ("{{ [3, 1, 2]|sort|join(', ') }} {{ 'abc'[0:2] }} {{ {'a': 1}.a }}", "1, 2, 3 ab 1"),
        ("{{ khong_co|default('trống') }} {{ ds|first|default('trống') }}", "trống trống"),
        ("{{ 2 ** 10 }} {{ 'ab' * 2 }} {{ '%05d' % 7 }} {{ '%s/%s'|format(1, 2) }}", "1024 abab 00007 1/2"),
        ("{{ 'a-b'|replace('-', '/') }} {{ [1, 2]|sum }} {{ 'x'|center(3) }}|", "a/b 3  x |"),
        ("{% set ns = namespace(n=0) %}{% for i in range(5) %}{% set ns.n = ns.n + i %}{% endfor %}{{ ns.n }}", "10"),
        ("{% for i in [1, 2, 3] if i > 1 %}{{ i }}{% else %}không{% endfor %}", "23"),
    ],
)
def test_what_a_letter_needs_still_works(source, printed):
    assert fill(source, {"ds": []}) == printed


@pytest.mark.parametrize("tag", ["{% include 'a' %}", "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}"])
def test_reading_the_names_of_a_template_stops_at_the_same_things(tag):
    with pytest.raises(TemplateError):
        field_names(tag)


def test_a_field_may_not_be_called_like_a_meter():
    with pytest.raises(TemplateError) as error:
        fill("{{ 1| step }}", {})

    assert error.value.report.findings[0].code == "field-syntax"


def test_nothing_is_filled_while_a_template_is_read(monkeypatch):
    from congvan.text.fields.pattern import environment

    env = environment()
    called = []
    env.filters["upper"] = lambda value: called.append(value) or value
    env.from_string("{{ 'a'|upper }}{{ 'a' ~ 'b' }}")

    assert called == []


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        ("{% for x in 'abc' %}{{ loop.index0 }}{{ loop.revindex }}{{ loop.first }}{{ loop.last }} {% endfor %}", None),
        (
            "{% for x in 'abc' %}{{ loop.previtem|default('-') }}{{ loop.nextitem|default('-') }} {% endfor %}",
            "-b ac b- ",
        ),
        ("{% for x in 'abc' %}{{ loop.cycle('1', '2') }}{{ loop.changed(x) }}{% endfor %}", "1True2True1True"),
    ],
)
def test_a_loop_tells_where_it_is(source, printed):
    assert fill(source, {}) == (printed or "03TrueFalse 12FalseFalse 21FalseTrue ")


@pytest.mark.parametrize("inside", ["_iterable", "__class__", "__init__", "_recurse"])
def test_what_is_inside_a_loop_is_out_of_reach(inside):
    with pytest.raises(TemplateError) as error:
        fill(f"{{% for x in 'ab' %}}{{{{ loop.{inside} }}}}{{% endfor %}}", {})

    assert error.value.report.findings[0].code == "field-forbidden"
