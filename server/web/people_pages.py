"""The page at ``/people``: who has an account, in which role. For admins."""

from __future__ import annotations

from flask import Blueprint, g, redirect, render_template, request, url_for
from werkzeug import Response

from server.errors import ApiError
from server.moderation.actor import actor
from server.moderation.invitations import Invitations
from server.moderation.people import PeopleError, Person
from server.moderation.roles import ROLES, Role
from server.parts import parts

blueprint = Blueprint("people_pages", __name__, url_prefix="/people")
Page = str | tuple[str, int]


@blueprint.get("")
def show() -> str:
    """Everybody, and the form to add one."""
    return _page()


@blueprint.post("")
def add() -> Page:
    """A new account, and the address by which its person chooses a password."""
    name = request.form.get("name", "")
    try:
        person = parts().accounts.add(name, _role(), by=actor())
    except PeopleError as refused:
        return _page(problem=refused, name=name[:80]), 422
    return _invitation_for(person)


@blueprint.post("/<int:number>/invitation")
def invite(number: int) -> str:
    """Another address, when the first was lost or a password forgotten."""
    return _invitation_for(_person(number))


@blueprint.post("/<int:number>/role")
def change_role(number: int) -> Response:
    """Give another role."""
    person, role = _another(number), _role()
    if role != person.role:
        parts().accounts.change_role(person, role, by=actor())
    return _back("role")


@blueprint.post("/<int:number>/disable")
def disable(number: int) -> Response:
    """Shut out at once."""
    parts().accounts.disable(_another(number), by=actor())
    return _back("disabled")


@blueprint.post("/<int:number>/enable")
def enable(number: int) -> Response:
    """Let in again."""
    parts().accounts.enable(_another(number), by=actor())
    return _back("enabled")


@blueprint.post("/<int:number>/sign-out")
def end_sessions(number: int) -> Response:
    """Sign out everywhere."""
    parts().accounts.end_sessions(_another(number), by=actor())
    return _back("signed-out")


def _person(number: int) -> Person:
    person = parts().accounts.get(number)
    if person is None:
        raise ApiError(404, "unknown-person", "There is no such account.", hint="Load the page again.")
    return person


def _another(number: int) -> Person:
    """Not oneself: whoever shuts out the last admin by a slip could not undo it here."""
    person = _person(number)
    if g.visitor.person and g.visitor.person.number == person.number:
        raise ApiError(
            409, "own-account", "Nobody changes their own account here.", hint="Another admin can, or 'pinch user'."
        )
    return person


def _role() -> Role:
    role = request.form.get("role", "")
    if role not in ROLES:
        raise ApiError(422, "unknown-role", "There is no such role.", hint=f"Known: {', '.join(ROLES)}.")
    return role


def _invitation_for(person: Person) -> str:
    """The address stands only on this page, so that it is in no history."""
    if person.disabled_at:
        raise ApiError(409, "disabled", "This account is disabled.", hint="Enable it first, then invite again.")
    code = Invitations(parts().store.engine).make(person, by=actor())
    return _page(invited=person, address=url_for("account_pages.show_invitation", code=code, _external=True))


def _page(**more: object) -> str:
    words = {"people": parts().accounts.all(), "roles": ROLES, "done": request.args.get("done"), **more}
    return render_template("people/people.html", **words)


def _back(done: str) -> Response:
    return redirect(url_for("people_pages.show", done=done), 303)
