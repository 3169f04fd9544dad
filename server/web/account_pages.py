"""One's own account: sign in by name, choose a password by an invitation, change it, sign out everywhere."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from flask import Blueprint, g, redirect, render_template, request, session, url_for
from werkzeug import Response

from server.errors import ApiError
from server.moderation.audit import audit
from server.moderation.invitations import Invitations
from server.moderation.people import Person
from server.parts import parts
from server.security.limits import note_wrong_try
from server.security.passwords import LEAST, PasswordError
from server.security.sessions import sign_in as let_in
from server.web.agents import browser_name

blueprint = Blueprint("account_pages", __name__)
# A path on this server: browsers read "//host" and "/\host" as another one.
_PATH = re.compile(r"/(?![/\\])[\x21-\x5b\x5d-\x7e]{0,500}")
Page = str | tuple[str, int] | Response


@blueprint.get("/sign-in")
def ask_to_sign_in() -> Page:
    """The form; who is signed in goes on at once."""
    after = _safe_path(request.args.get("next", ""))
    return redirect(after, 303) if g.visitor else _sign_in_page(after)


@blueprint.post("/sign-in")
def sign_in() -> Page:
    """Check name and password. A wrong one and an unknown name take the same work and get the same answer."""
    name, password = request.form.get("name", ""), request.form.get("password", "")
    after = _safe_path(request.form.get("next", ""))
    known = parts().accounts.for_sign_in(name)
    if not parts().passwords.is_right(password, known[1] if known else None) or known is None:
        note_wrong_try()
        return _sign_in_page(after, name=name[:80], is_wrong=True), 403
    person, digest = known
    if renewed := parts().passwords.renewed(password, digest):
        parts().accounts.rehash(person, renewed)
    _let_in(person)
    with parts().store.engine.begin() as connection:
        audit(connection, person.name, "sign-in", f"person {person.name}")
    return redirect(after, 303)


@blueprint.get("/invitation")
def show_invitation() -> Page:
    """Ask for a new password. Looking does not use the address up: mail programs look too."""
    code = request.args.get("code", "")
    return _invitation_page(_invited(code), code)


@blueprint.post("/invitation")
def accept_invitation() -> Page:
    """Set the password, use the address up, and sign in."""
    code, password = request.form.get("code", ""), request.form.get("password", "")
    person = _invited(code)
    try:
        digest = parts().passwords.digest_new(_typed_twice(password), name=person.name)
    except PasswordError as refused:
        return _invitation_page(person, code, problem=refused), 422
    accepted = Invitations(parts().store.engine).take(code, digest)
    if accepted is None:
        raise _no_invitation()
    _let_in(accepted)
    return redirect(url_for("pages.home"), 303)


@blueprint.get("/account")
def show() -> str:
    """Who one is, and the form for another password."""
    return _account_page()


@blueprint.post("/account/password")
def change_password() -> Page:
    """Take another password. All other browsers of this person are signed out by it."""
    person = _own_account()
    known = parts().accounts.for_sign_in(person.name)
    old, new = request.form.get("old", ""), request.form.get("password", "")
    if not parts().passwords.is_right(old, known[1] if known else None):
        note_wrong_try()
        wrong = PasswordError("This is not your password until now.", hint="Type it again.")
        return _account_page(problem=wrong, is_old=True), 403
    try:
        digest = parts().passwords.digest_new(_typed_twice(new), name=person.name)
    except PasswordError as refused:
        return _account_page(problem=refused), 422
    _let_in(parts().accounts.set_password(person, digest, by=person.name))
    return redirect(url_for("account_pages.show", done="password"), 303)


@blueprint.post("/account/sign-out-everywhere")
def sign_out_everywhere() -> Response:
    """End all sessions, this one too."""
    person = _own_account()
    parts().accounts.end_sessions(person, by=person.name)
    session.clear()
    return redirect(url_for("pages.home"), 303)


def _own_account() -> Person:
    person: Person | None = g.visitor.person
    if person is None:
        raise ApiError(
            409, "no-account", "The owner has no account and no password.", hint="Add one for yourself under People."
        )
    return person


def _let_in(person: Person) -> None:
    if g.visitor is not None:
        parts().store.clients.revoke(g.visitor.client.id)
    let_in(browser_name(request.headers.get("User-Agent", "")), person)


def _safe_path(text: str) -> str:
    return text if _PATH.fullmatch(text) and urlsplit(text).path != url_for(".sign_in") else url_for("pages.home")


def _typed_twice(password: str) -> str:
    if request.form.get("again", "") != password:
        raise PasswordError("The two passwords are not the same.", hint="Type the same one twice.")
    return password


def _invited(code: str) -> Person:
    person = Invitations(parts().store.engine).find(code)
    if person is None:
        raise _no_invitation()
    return person


def _no_invitation() -> ApiError:
    return ApiError(
        403,
        "bad-invitation",
        "This address is unknown, was used, or is older than a day.",
        hint="Ask whoever sent it for a new one.",
    )


def _sign_in_page(after: str, *, name: str = "", is_wrong: bool = False) -> str:
    has_people = parts().accounts.is_any()
    return render_template("people/sign_in.html", after=after, name=name, is_wrong=is_wrong, has_people=has_people)


def _invitation_page(person: Person, code: str, *, problem: PasswordError | None = None) -> str:
    return render_template("people/invitation.html", person=person, code=code, problem=problem, least=LEAST)


def _account_page(*, problem: PasswordError | None = None, is_old: bool = False) -> str:
    clients = [] if g.visitor.person is None else parts().store.clients.of_person(g.visitor.person.number)
    words = {"problem": problem, "is_old": is_old, "done": request.args.get("done"), "clients": clients}
    return render_template("people/account.html", least=LEAST, **words)
