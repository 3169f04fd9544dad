"""The page at ``/``: sign in, paste a text, see what is marked and why."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, g, redirect, render_template, request, url_for
from werkzeug import Response

from classifier.document import SETTINGS, Document
from server.api.asked import AskedAnalysis, AskedOptions
from server.api.body import validate
from server.api.documents import read_document
from server.api.reading import read
from server.errors import ApiError
from server.parts import parts
from server.security.limits import note_wrong_try
from server.security.proxies import is_from_this_machine
from server.security.sessions import sign_in
from server.web.agents import browser_name
from server.web.samples import samples
from server.web.view import result_view

blueprint = Blueprint("pages", __name__)
_TAG = re.compile(r"\s*<(?:!doctype|[a-z][a-z0-9]*[\s>/])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Form:
    """What stands in the form: kept so that a page can show it again."""

    text: str = ""
    setting: str = "balanced"

    @property
    def is_html(self) -> bool:
        """Pasted HTML begins with a tag; a text hardly ever does."""
        return bool(_TAG.match(self.text))


@blueprint.get("/")
def home() -> str | Response | tuple[str, int]:
    """The form for those who are signed in, and how to sign in for the others. A code in the address signs in."""
    code = request.args.get("code")
    if code is not None and is_opened_by_a_person():
        return _sign_in_with(code)
    if g.visitor is None:
        return _welcome()
    return render_home()


def is_opened_by_a_person() -> bool:
    """False for a browser that only looks ahead: that must not use up a code."""
    purpose = f"{request.headers.get('Sec-Purpose', '')} {request.headers.get('Purpose', '')}"
    return request.method == "GET" and "prefetch" not in purpose and "preview" not in purpose


def _sign_in_with(code: str) -> Response | tuple[str, int]:
    if not is_from_this_machine() and parts().accounts.is_any():
        # Where people sign in by name, a code from the terminal opens the owner's pages to that machine alone.
        return _welcome(problem="elsewhere"), 403
    if parts().store.codes.take(code):
        sign_in(browser_name(request.headers.get("User-Agent", "")))
        return redirect(url_for("pages.home"), 303)
    if g.visitor:
        # A code that was used before, opened again from the history of a browser that is in.
        return redirect(url_for("pages.home"), 303)
    note_wrong_try()
    return _welcome(problem="code"), 403


def _welcome(problem: str | None = None) -> str:
    return render_template("welcome.html", problem=problem, has_people=parts().accounts.is_any())


def render_home(**more: Any) -> str:
    """The signed-in page."""
    live = [client for client in parts().store.clients.all() if not client.revoked_on]
    clients = sorted(live, key=lambda client: client.id != g.client.id)
    words = {
        "form": Form(),
        "samples": samples().values(),
        "settings": SETTINGS,
        "clients": clients,
        "feedback_count": parts().store.feedback.count(),
        "code": None,
        **more,
    }
    return render_template("home.html", **words)


@blueprint.post("/check")
def check() -> str | tuple[str, int]:
    """Read what was pasted and show it marked."""
    form = Form(request.form.get("text", "").replace("\r\n", "\n"), request.form.get("setting", "balanced"))
    body = {"html" if form.is_html else "text": form.text or " ", "options": {"setting": form.setting}}
    try:
        asked = validate(AskedAnalysis, body)
        document = read_document(asked, max_blocks=parts().settings.max_blocks)
    except ApiError as error:
        return render_home(form=form, problem=error), error.status
    return _result(document, asked.options, form=form)


@blueprint.get("/samples/<sample_id>")
def sample(sample_id: str) -> str:
    """One of the invented pages, marked."""
    chosen = samples().get(sample_id)
    if chosen is None:
        raise ApiError(404, "unknown-sample", "There is no sample of this name.", hint="The page at / lists them.")
    options = {"setting": request.args.get("setting", "balanced")}
    asked = validate(AskedAnalysis, {"html": chosen.html, "url": chosen.url, "options": options})
    document = read_document(asked, max_blocks=parts().settings.max_blocks)
    return _result(document, asked.options, sample=chosen)


def _result(document: Document, options: AskedOptions, **more: Any) -> str:
    mine = parts()
    accepted = request.headers.get("Accept-Language", "")
    view = result_view(read(document, options, mine, accept_language=accepted), mine.cards)
    return render_template("result.html", view=view, setting=options.setting, settings=SETTINGS, **more)
