"""A user's templates read their data and place it; nothing else, and not for ever."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from pathlib import Path

import pytest
from making_briefs import brief, sections
from test_templates import write

from toolkit.errors import TemplateError
from toolkit.model.brief import Item
from toolkit.render import budget
from toolkit.render.environment import environment
from toolkit.render.html import render_html
from toolkit.render.template_check import check_templates

SIGNS = "{% for a in range(99999) %}"

FORBIDDEN = [
    "{{ ''.__class__.__base__.__subclasses__() }}",
    "{{ brief['__class__'] }}",
    "{{ brief | attr('__class__') }}",
    "{{ [brief] | map(attribute='__class__') | first }}",
    "{{ '{0.__class__}'.format(brief) }}",
    "{{ '{0[__class__]}'.format(brief) }}",
    "{{ '{a.__class__}'.format_map({'a': brief}) }}",
    "{{ ('{0.__class__}' | attr('format'))(brief) }}",
    "{{ ['{0.__class__}'.format] | map('call', brief) | list }}",
    "{{ cycler.__init__.__globals__ }}",
    "{{ self.__init__ }}",
    "{{ brief.words.update({'dash': 'x'}) }}",
    "{{ brief.words.pop('dash') }}",
    "{% macro m() %}{% endmacro %}{{ m.__call__.__func__ }}",
    "{{ (brief.sections | map('length') | list).append(1) }}",
    "{% import 'os' as os %}",
    "{{ open('/etc/passwd') }}",
    "{{ lipsum() }}",
    "{{ [1, 2] | random }}",
]


@pytest.mark.parametrize("text", FORBIDDEN)
def test_nothing_but_reading(tmp_path: Path, text: str) -> None:
    path = write(tmp_path, "partials/masthead.html", "\n" + text)
    data = brief()
    with pytest.raises(TemplateError) as caught:
        render_html(data, tmp_path)
    assert caught.value.where == f"{path}:2"
    assert caught.value.remedy
    assert data.words["dash"] == "—"


def test_nothing_that_is_given_can_be_changed(tmp_path: Path) -> None:
    path = write(tmp_path, "partials/masthead.html", "<p>\n</p>{% set brief.title = 'x' %}")
    with pytest.raises(TemplateError):
        render_html(brief(), tmp_path)
    (issue,) = check_templates(tmp_path)
    assert (issue.where, issue.message) == (f"{path}:2", "the template does what no template may: it changes 'brief'")


ENDLESS = [
    SIGNS * 3 + "{% endfor %}" * 3,
    SIGNS * 2 + "{{ brief.title }}" + "{% endfor %}" * 2,
    "{% macro m() %}" + SIGNS * 3 + "{% endfor %}" * 3 + "{% endmacro %}{{ m() }}",
    "{% set t %}" + SIGNS * 2 + "{{ brief.summary }}" + "{% endfor %}" * 2 + "{% endset %}{{ t }}",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(60) }}",
    "{% include 'partials/masthead.html' %}",
    "{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}",
    "{% set n = namespace(t='nhiệm kỳ') %}{% for a in range(60) %}{% set n.t = n.t ~ n.t %}{% endfor %}",
    "{% set n = namespace(t='nhiệm kỳ') %}{% for a in range(60) %}{% set n.t = n.t + n.t %}{% endfor %}",
    "{% set n = namespace(t=[1]) %}{% for a in range(60) %}{% set n.t = n.t + n.t %}{% endfor %}",
    "{{ 'a' * 10 ** 10 }}",
    "{{ 10 ** 10 ** 10 }}",
    "{{ [1] * 10 ** 9 }}",
    "{{ range(10 ** 9) | list }}",
    "{{ range(10 ** 9) | length }}",
    "{{ '%1000000000d' % 1 }}",
    "{{ '%1000000000d' | format(1) }}",
    "{{ '%*d' % (1000000000, 1) }}",
    "{{ '{:1000000000}'.format(1) }}",
    "{{ '{:{}}'.format(1, 1000000000) }}",
    "{{ 'a'.ljust(10 ** 9) }}",
    "{{ 'a' | center(10 ** 9) }}",
    "{{ 'a' | indent(10 ** 9, true) }}",
    "{{ [1] | batch(10 ** 9, 'x') | list }}",
    "{{ [1] | slice(10 ** 9) | list | length }}",
    "{{ ('a' * 99999).replace('a', 'b' * 99999) }}",
    "{{ ('a' * 99999) | replace('a', 'b' * 99999) }}",
    "{{ ('a' * 99999).join('b' * 99999) }}",
    "{{ ('b' * 99999) | join('a' * 99999) }}",
    SIGNS + "{% set x = range(99999) | list | sort | length %}{% endfor %}",
    SIGNS + "{% set x = 'a' in range(99999) | map('string') | list %}{% endfor %}",
]


@pytest.mark.parametrize("text", ENDLESS)
def test_nothing_goes_on_for_ever_or_fills_the_machine(tmp_path: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "STEPS", budget.STEPS // 10)  # the same end, sooner
    path = write(tmp_path, "partials/masthead.html", "\n" + text)
    start = time.process_time()
    with pytest.raises(TemplateError) as caught:
        render_html(brief(), tmp_path)
    assert time.process_time() - start < 15
    assert caught.value.where == f"{path}:2"
    assert caught.value.remedy


def test_what_takes_long_in_single_steps_stops_by_the_clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "SECONDS", 0.2)
    write(
        tmp_path, "partials/masthead.html", "{% set l = range(99999) | list %}" + SIGNS + "{% if -1 in l %}{% endif %}{% endfor %}"
    )
    text = (
        "{% macro m(l) %}{% if -1 in l %}{% endif %}{% endmacro %}{% set l = range(99999) | list %}"
        + SIGNS
        + "{{ m(l) }}{% endfor %}"
    )
    write(tmp_path, "partials/masthead.html", text)
    with pytest.raises(TemplateError, match="more than 0 seconds"):
        render_html(brief(), tmp_path)


def test_too_much_text_of_its_own(tmp_path: Path) -> None:
    write(tmp_path, "partials/masthead.html", SIGNS + "nhiệm kỳ" * 200 + "{% endfor %}")
    with pytest.raises(TemplateError, match="prints too much") as caught:
        render_html(brief(), tmp_path)
    assert caught.value.where.endswith("brief/an-pham.html")


def test_the_budget_is_far_above_a_long_brief(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "STEPS", budget.STEPS // 50)
    monkeypatch.setattr(budget, "CHARACTERS", budget.CHARACTERS // 50)
    long = replace(sections()[3], items=tuple(Item((f"Việc thứ {i}.",), notes=(1, 2)) for i in range(1000)))
    assert "Việc thứ 999." in render_html(brief(sections=(long,)), tmp_path).decode()


def test_one_rendering_does_not_pay_for_the_one_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "STEPS", 2000)
    pages = {render_html(brief(), tmp_path) for _ in range(5)}
    assert len(pages) == 1


@pytest.mark.parametrize("name", ["../secret.txt", "partials/../../secret.txt", "/{folder}/secret.txt", "..\\\\secret.txt"])
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    secret = write(tmp_path, "secret.txt", "mật khẩu")
    name = name.replace("{folder}", str(secret.parent).strip("/"))
    path = write(tmp_path / "mine", "partials/masthead.html", f"\n{{% include '{name}' %}}")
    with pytest.raises(TemplateError) as caught:
        render_html(brief(), tmp_path / "mine")
    assert caught.value.where == f"{path}:2"
    assert any(issue.where == f"{path}:2" for issue in check_templates(tmp_path / "mine"))


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
@pytest.mark.parametrize("way", ["file", "folder"])
def test_no_link_leads_out_of_the_folder(tmp_path: Path, way: str) -> None:
    secret = write(tmp_path, "outside/masthead.html", "mật khẩu")
    mine = tmp_path / "mine"
    mine.mkdir()
    if way == "folder":
        (mine / "partials").symlink_to(secret.parent, target_is_directory=True)
    else:
        (mine / "partials").mkdir()
        (mine / "partials/masthead.html").symlink_to(secret)
    with pytest.raises(TemplateError, match="leads out of its folder"):
        render_html(brief(), mine)
    assert "leads out of its folder" in check_templates(mine)[0].message


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_folder_that_is_a_link_itself_is_the_users_own(tmp_path: Path) -> None:
    write(tmp_path / "real", "partials/masthead.html", "<h1>Của phường</h1>")
    (tmp_path / "linked").symlink_to(tmp_path / "real", target_is_directory=True)
    assert "Của phường" in render_html(brief(), tmp_path / "linked").decode()


def test_loops_know_what_they_knew(tmp_path: Path) -> None:
    text = "{% for a in brief.sections | map(attribute='id') %}{{ loop.index }}/{{ loop.length }}{{ '.' if loop.last }}{% endfor %}"
    text += "{% for k, v in {'a': 1}.items() %}{{ k }}{{ v }}{% else %}x{% endfor %}{% for a in () %}{% else %}none{% endfor %}"
    write(tmp_path, "partials/masthead.html", text)
    assert "1/62/63/64/65/66/6.a1none" in render_html(brief(), tmp_path).decode()


def test_packaged_templates_alone_pay_nothing() -> None:
    assert not environment().sandboxed
