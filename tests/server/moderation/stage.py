"""A page of the tests' own that shows all that stands beside a post, with a form that sends its corrections."""

from __future__ import annotations

import json

import pytest
from flask import Flask, render_template_string, request
from markupsafe import escape

from server.app import create_app
from server.moderation.corrections import selected_corrections, typed_correction
from server.security.permissions import PERMISSIONS, SIGNED_IN
from server.settings import Settings
from server.web.beside import Beside, beside
from tests.server.fakes import FakeDetector

_PAGE = """{% extends "base.html" %}
{% from "queue/_beside.html" import veil, veil_switch with context %}
{% block title %}Post {{ beside.subject.post.number }}{% endblock %}
{% block head %}<link rel="stylesheet" href="{{ url_for('static', filename='beside.css') }}">
<script type="module" src="{{ url_for('static', filename='beside.js') }}"></script>{% endblock %}
{% block width %}wide{% endblock %}
{% block main %}
<h1>Post {{ beside.subject.post.number }}</h1>
{% include "queue/_notices.html" %}
<div class="columns"><div>
{% call veil(beside.hard, beside.told, beside.subject.post.excerpt) %}
<div class="paper"><p data-post-text dir="auto">{{ marked }}</p></div>
{% endcall %}
{{ veil_switch(beside, "/queue/%d" % beside.subject.post.number) }}
<form method="post">
<input type="hidden" name="csrf_token" value="{{ csrf_token() }}">
{% include "queue/_corrections.html" %}
<button class="primary" type="submit">Uphold</button>
</form>
{% include "queue/_thread.html" %}
</div><div>
{% include "queue/_replies.html" %}
{% include "queue/_context.html" %}
{% include "queue/_record.html" %}
{% include "queue/_similar.html" %}
{% include "queue/_notes.html" %}
</div></div>
{% endblock %}"""


def staged_app(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """An app with the page ``/stage/<number>``, which signed-in browsers see."""
    app = create_app(settings, detector=FakeDetector())
    for endpoint in ("stage", "decide_on_stage"):
        monkeypatch.setitem(PERMISSIONS, endpoint, SIGNED_IN)
    app.add_url_rule("/stage/<int:number>", "stage", _show)
    app.add_url_rule("/stage/<int:number>", "decide_on_stage", _decide, methods=["POST"])
    return app


def _show(number: int) -> str:
    mine = beside(number)
    return render_template_string(_PAGE, beside=mine, marked=_marked(mine))


def _marked(mine: Beside) -> str:
    """The text with its marks as links, as the queue's page has them."""
    text, at, pieces = mine.subject.post.text or "", 0, []
    for flag in mine.subject.post.flags:
        if flag.start >= at:
            words = escape(text[flag.start : flag.end])
            pieces += [escape(text[at : flag.start]), escape("").join([_A[0], words, _A[1]])]
            at = flag.end
    return escape("").join([*pieces, escape(text[at:])])


_A = (escape("").__class__('<a class="mark" href="#x">'), escape("").__class__("</a>"))


def _decide(number: int) -> str:
    """What a decision would keep, as JSON."""
    text, form = beside(number).subject.post.text or "", request.form
    typed = typed_correction(
        form.get("correction_words", ""),
        nth=form.get("correction_nth", ""),
        flag=form.get("correction_flag", ""),
        verdict=form.get("correction_verdict", ""),
        text=text,
    )
    made = [*selected_corrections(form.get("corrections", ""), text), *([typed] if typed else [])]
    told = escape(json.dumps([[one.flag, one.start, one.end, one.verdict] for one in made]))
    return f'<link rel="icon" href="/static/pinch.svg"><p>{told}</p>'
