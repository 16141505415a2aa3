from jinja2 import DictLoader, Environment, StrictUndefined, TemplateError

environment = Environment(
    loader=DictLoader({
        "base": "<h1>{% block title %}none{% endblock %}</h1>{% block body %}{% endblock %}",
        "page": "{% extends 'base' %}{% block title %}{{ title|upper }}{% endblock %}{% block body %}{% for i in items if i.n > 1 %}{{ loop.index }}. {{ i.name|e }} ({{ '%.2f'|format(i.n) }}){{ ', ' if not loop.last }}{% else %}empty{% endfor %}{% endblock %}",
        "macro": "{% macro tag(n, v='') %}<{{ n }}>{{ v }}</{{ n }}>{% endmacro %}{{ tag('b', 'x') }}{% set t = namespace(s=0) %}{% for v in vs %}{% set t.s = t.s + v %}{% endfor %}{{ t.s }}",
    }),
    undefined=StrictUndefined,
)
environment.filters["double"] = lambda v: v * 2
print(environment.get_template("page").render(title="hello", items=[{"name": "<a>", "n": 2}, {"name": "b", "n": 1}, {"name": "c", "n": 3.5}]))
print(environment.get_template("macro").render(vs=[1, 2, 3]), environment.from_string("{{ x|double }} {{ [3,1,2]|sort|join('-') }}").render(x=21))
for bad in ("{{ missing }}", "{% if %}"):
    try:
        environment.from_string(bad).render()
    except TemplateError as error:
        print(type(error).__name__, error)
