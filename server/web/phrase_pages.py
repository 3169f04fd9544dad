"""The page at ``/phrases``: the team's own words, for all to see and for leads to change, with every version."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug import Response
from werkzeug.datastructures import MultiDict

from classifier.errors import InputError
from classifier.phrase_checks import check_phrases
from classifier.phrase_editing import EMPTY, Value, with_entry, without_entry
from classifier.taxonomy import flag_kinds
from server.errors import ApiError
from server.moderation.actor import actor
from server.own_words.editing import Editing
from server.own_words.versions import Versions
from server.parts import parts
from server.store.times import now

blueprint = Blueprint("phrases", __name__)
_DONE = {"added": "Added.", "removed": "Taken out.", "restored": "Put back in force."}
_LARGEST = 2**31 - 1
# A list of a thousand entries takes a second to check, and stays as it is while people look at it.
_problems_of = lru_cache(maxsize=2)(check_phrases)


@blueprint.get("/phrases")
def show() -> str:
    """The list in force, what is wrong with it, and the versions before."""
    return _page(done=_DONE.get(request.args.get("done", ""), ""))


@blueprint.post("/phrases")
def add() -> Response | tuple[str, int]:
    """Add an entry, if it does what its sentences say."""
    entry = _entry(request.form)
    try:
        _editing().change("add-phrase", lambda text: with_entry(text, entry), is_last_new=True)
    except InputError as error:
        return _page(problem=error.message, typed=request.form), 422
    return _to("added")


@blueprint.post("/phrases/<int:number>/remove")
def remove(number: int) -> Response | tuple[str, int]:
    """Take an entry out."""
    return _changed("remove-phrase", lambda text: without_entry(text or EMPTY, number), "removed")


@blueprint.post("/phrases/versions/<int:number>/restore")
def restore(number: int) -> Response | tuple[str, int]:
    """Put an earlier list in force again."""
    version = Versions(parts().store.engine).find(number) if number <= _LARGEST else None
    if version is None:
        raise ApiError(404, "unknown-version", "There is no version of this number.", hint="Load the page again.")
    return _changed("restore-phrases", lambda _text: version.text or EMPTY, "restored")


def _changed(action: str, make: Callable[[str], str], done: str) -> Response | tuple[str, int]:
    try:
        _editing().change(action, make)
    except InputError as error:
        return _page(problem=error.message), 422
    return _to(done)


def _editing() -> Editing:
    return Editing(parts().store.engine, parts().phrases, actor(), request.form.get("seen", ""))


def _entry(form: MultiDict[str, str]) -> dict[str, Value]:
    """The entry of a form; fields that were left empty are left out."""
    names = ("phrase", "flag", "reason", "note")
    entry: dict[str, Value] = {name: value for name in names if (value := form.get(name, "").strip())}
    entry |= {name: True for name in ("never", "always") if form.get(name)}
    for name in ("hits", "misses"):
        if lines := [line.strip() for line in form.get(name, "").splitlines() if line.strip()]:
            entry[name] = lines
    return {**entry, "who": actor(), "when": f"{now():%Y-%m-%d}"}


def _page(*, done: str = "", problem: str = "", typed: MultiDict[str, str] | None = None) -> str:
    live = parts().phrases
    fault, phrases = live.look(), live.current
    return render_template(
        "queue/phrases.html",
        fault=fault,
        entries=phrases.entries,
        seen=phrases.digest,
        problems=_problems_of(phrases),
        versions=Versions(parts().store.engine).last(),
        flag_kinds=flag_kinds(),
        done=done,
        problem=problem,
        typed=typed or MultiDict(),
    )


def _to(done: str) -> Response:
    return redirect(url_for("phrases.show", done=done), 303)
