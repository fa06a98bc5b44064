"""Templates that reach out, run on or grow."""

from __future__ import annotations

from attack import SECRET, Attack, Surroundings

from congvan.text.fields.pattern import fill

FORBIDDEN, COSTLY, COMPLEX, SYNTAX, MISSING = (
    ("field-forbidden",),
    ("field-too-costly",),
    ("field-too-complex",),
    ("field-syntax",),
    ("field-missing",),
)
DOUBLING = "{% set ns = namespace(x=START) %}{% for i in range(200) %}{% set ns.x = STEP %}{% endfor %}{{ ns.x }}"
KEPT = "{% set b %}{{ ns.x }}{{ ns.x }}{% endset %}{% set ns.x = b %}"

TEXTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "the class of a text": ("{{ ''.__class__.__mro__ }}", FORBIDDEN),
    "the class by index": ("{{ ''['__class__'] }}", FORBIDDEN),
    "the class through a filter": ("{{ ''|attr('__class__') }}", SYNTAX),
    "subclasses of object": ("{{ x.__class__.__base__.__subclasses__() }}", FORBIDDEN),
    "globals of a function": ("{{ cycler.__init__.__globals__.os.system('id') }}", FORBIDDEN),
    "globals of a loop": ("{% for i in [1] %}{{ loop.__class__ }}{% endfor %}", FORBIDDEN),
    "globals of a macro": ("{% macro m() %}{% endmacro %}{{ m.__call__ }}", FORBIDDEN),
    "internals of a mapping": ("{{ d.__class__ }}", FORBIDDEN),
    "str.format": ("{{ '{0.__class__}'.format(x) }}", FORBIDDEN),
    "str.format_map": ("{{ '{x}'.format_map(d) }}", FORBIDDEN),
    "a list that would be changed": ("{{ l.append(1) }}", FORBIDDEN),
    "include of a file": ("{% include 'SECRET' %}", FORBIDDEN),
    "include of what may not be there": ("{% include 'SECRET' ignore missing %}", FORBIDDEN),
    "import": ("{% import 'os' as os %}", FORBIDDEN),
    "from import": ("{% from 'os' import system %}", FORBIDDEN),
    "extends": ("{% extends 'SECRET' %}", FORBIDDEN),
    "a block that calls itself": ("{% block a %}{{ self.a() }}{% endblock %}", FORBIDDEN),
    "escaping switched off": ("{% autoescape false %}{{ '<w:p>' }}{% endautoescape %}", FORBIDDEN),
    "a value marked as safe markup": ("{{ '<w:p/>'|safe }}", SYNTAX),
    "a text times a thousand million": ("{{ 'a' * 10**9 }}", COSTLY),
    "a list times a thousand million": ("{{ [[1] * 1000] * 10**6 }}", COSTLY),
    "a large power": ("{{ 10 ** (10 ** 6) }}", COSTLY),
    "a large product": (
        "{% set ns = namespace(x=10**1000) %}{% for i in range(9) %}{% set ns.x = ns.x * ns.x %}{% endfor %}",
        COSTLY,
    ),
    "a text doubled again and again": (DOUBLING.replace("START", "'a'").replace("STEP", "ns.x ~ ns.x"), COSTLY),
    "a text added to itself": (DOUBLING.replace("START", "'a'").replace("STEP", "ns.x + ns.x"), COSTLY),
    "a list in itself": (DOUBLING.replace("START", "[1]").replace("STEP", "[ns.x, ns.x]"), COSTLY),
    "a mapping in itself": (DOUBLING.replace("START", "1").replace("STEP", "{'a': ns.x, 'b': ns.x}"), COSTLY),
    "a block kept and doubled": (
        DOUBLING.replace("START", "'ab'").replace("{% set ns.x = STEP %}", KEPT),
        COSTLY,
    ),
    "loops in loops": ("{% for i in range(9999) %}{% for j in range(9999) %}{{ i }}{% endfor %}{% endfor %}", COSTLY),
    "a loop too long": ("{% for i in range(10**9) %}{% endfor %}", ("field-failed",)),
    "a macro without end": ("{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", COSTLY),
    "a macro that doubles": (
        "{% macro a(n) %}{% if n %}{{ a(n-1) }}{{ a(n-1) }}{% endif %}{% endmacro %}{{ a(60) }}",
        COSTLY,
    ),
    "a loop that calls itself": ("{% for x in [1] recursive %}{{ loop([1, 1]) }}{% endfor %}", COSTLY),
    "a wide field": ("{{ 'a'|center(10**9) }}", COSTLY),
    "a wide method": ("{{ 'a'.ljust(10**9) }}", FORBIDDEN),
    "bytes from a number": ("{{ (1).to_bytes(10**9, 'big') }}", FORBIDDEN),
    "a wide format": ("{{ '%1000000000s'|format('x') }}", COSTLY),
    "a wide format by an operator": ("{{ '%*s' % (10**9, 'x') }}", COSTLY),
    "replacing by more and more": ("{{ ('a' * 9000)|replace('a', 'b' * 9000) }}", COSTLY),
    "joining with a long text": ("{{ range(9999)|join('a' * 9999) }}", COSTLY),
    "filling up a batch": ("{{ [1]|batch(10**9, 'x')|list }}", COSTLY),
    "slices without number": ("{{ [1]|slice(10**9)|list }}", COSTLY),
    "rounding to a thousand million places": ("{{ 5|round(-10**9) }}", COSTLY),
    "adding lists up": ("{{ [[1], [2]]|sum(start=[]) }}", COSTLY),
    "many wide texts from a map": ("{{ range(99999)|map('center', 999)|join }}", COSTLY),
    "ten thousand brackets": ("{{ " + "(" * 10_000 + "1" + ")" * 10_000 + " }}", COMPLEX),
    "ten thousand loops": ("{% for i in [1] %}" * 10_000 + "{% endfor %}" * 10_000, COMPLEX),
    "thirty loops": ("{% for i in [1] %}" * 30 + "{% endfor %}" * 30, COMPLEX),
    "ten thousand filters": ("{{ x" + "|upper" * 10_000 + " }}", COMPLEX),
    "half a million words in a tag": ("{{ [" + "1," * 110_000 + "] }}", COMPLEX),
    "a number of many digits": ("{{ " + "9" * 5000 + " }}", COMPLEX),
    "a filter nobody needs": ("{{ x|pprint }}", SYNTAX),
    "lorem ipsum": ("{{ lipsum(10**6) }}", MISSING),
}
HARMLESS = {
    "a value that looks like a tag": ("{{ tag }}", "{{ 7 * 7 }}"),
    "a table of a thousand rows": (
        "{% for i in range(1000) %}{{ i }};{% endfor %}",
        ";".join(map(str, range(1000))) + ";",
    ),
    "what letters do with texts": ("{{ ' a,b '.strip().split(',')|join('; ')|upper }}", "A; B"),
}


def _filling(source: str):
    def act(around: Surroundings) -> list[str]:
        values = {"x": "a", "l": [1], "d": {"x": 1}}
        made = fill(source.replace("SECRET", str(around.secret)), values)
        return [f"made {made[:40]}"]

    return act


def _harmless(source: str, wanted: str):
    def act(_: Surroundings) -> list[str]:
        made = fill(source, {"tag": "{{ 7 * 7 }}"})
        assert SECRET not in made
        return [] if made == wanted else [made]

    return act


ATTACKS = [
    *(Attack(f"template: {name}", _filling(text), outcome) for name, (text, outcome) in TEXTS.items()),
    *(Attack(f"template: {name}", _harmless(*both), ()) for name, both in HARMLESS.items()),
]
