"""The app: wiring only."""

from __future__ import annotations

from types import TracebackType
from typing import Any

from flask import Flask

from classifier.priority_weights import load_weights
from server.api import analyze, context, feedback, flags, health, metrics, openapi, pairing, posts, webhooks
from server.context import load_cards
from server.detecting import Detector
from server.factchecks.store import FactChecks
from server.failures import answer_errors
from server.feedback.retention import forget_in_time
from server.forums.connections import Connections, load_connections
from server.forums.couriers import note_who_is_told
from server.log import configure_logging, describe, log, log_requests
from server.metrics import Metrics
from server.models import Models, OneModel, models_of
from server.moderation.accounts import Accounts
from server.moderation.drift_watch import DriftWatch
from server.moderation.near_copies import NearCopies
from server.own_words.versions import live_phrases
from server.parts import Parts
from server.retractions.store import Retractions
from server.security.guard import csrf, guard
from server.security.limits import limit_tries
from server.security.passwords import Passwords
from server.security.permissions import check_table
from server.security.proxies import trust_proxies
from server.security.sessions import set_up_cookie
from server.settings import Settings
from server.store import Store, open_store
from server.web import (
    account_pages,
    audit_pages,
    browsers,
    bulk_pages,
    decision_pages,
    dispute_answers,
    dispute_pages,
    export_pages,
    feedback_pages,
    note_pages,
    overview_pages,
    pages,
    people_pages,
    phrase_pages,
    post_pages,
    queue_pages,
    reference,
    reply_pages,
    veil,
)
from server.web.navigation import add_navigation
from server.web.words import add_filters

BLUEPRINTS = (
    account_pages.blueprint,
    analyze.blueprint,
    audit_pages.blueprint,
    browsers.blueprint,
    bulk_pages.blueprint,
    context.blueprint,
    decision_pages.blueprint,
    dispute_answers.blueprint,
    dispute_pages.blueprint,
    export_pages.blueprint,
    feedback.blueprint,
    feedback_pages.blueprint,
    flags.blueprint,
    health.blueprint,
    metrics.blueprint,
    note_pages.blueprint,
    openapi.blueprint,
    overview_pages.blueprint,
    pages.blueprint,
    pairing.blueprint,
    people_pages.blueprint,
    phrase_pages.blueprint,
    post_pages.blueprint,
    posts.blueprint,
    queue_pages.blueprint,
    reference.blueprint,
    reply_pages.blueprint,
    veil.blueprint,
    webhooks.blueprint,
)


class PinchFlask(Flask):
    """Flask, but a crash is logged without the exception's words: they may hold a reader's text."""

    def log_exception(
        self, exc_info: tuple[type, BaseException, TracebackType] | tuple[None, None, None], *_: Any
    ) -> None:
        """Log where it arose."""
        if exc_info[1] is not None:
            log.error("crash", **describe(exc_info[1]))


def create_app(settings: Settings, *, detector: Detector | None = None) -> Flask:
    """The server as a WSGI app.

    Raises :class:`server.errors.StartError` when the data folder, the connections or the database cannot be used and
    :class:`classifier.errors.PinchError` when the bundle or the file of weights is missing or damaged.
    """
    app = _bare_app(settings)
    configure_logging()
    counters = Metrics()
    load_weights(settings.priority_file)  # a file that cannot be used is told now, not with the first post
    connections = load_connections(settings)
    if connections.is_open_to_others():
        log.warning("connections-open", hint="Others on this machine may read the file of connections; see forums.md.")
    store = open_store(settings)
    models = OneModel(detector) if detector else models_of(settings)
    note_who_is_told(store.engine, connections)
    app.extensions["pinch"] = _parts(settings, models, store, counters, connections)
    set_up_cookie(app, settings)
    log_requests(app)
    counters.watch(app)
    guard(app, settings)
    csrf.init_app(app)
    forget_in_time(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    limit_tries(app)
    answer_errors(app)
    add_filters(app)
    add_navigation(app)
    trust_proxies(app, settings)
    check_table(app)
    return app


def _parts(settings: Settings, models: Models, store: Store, counters: Metrics, connections: Connections) -> Parts:
    return Parts(
        settings,
        models,
        load_cards(),
        store,
        counters,
        FactChecks(settings.data_dir),
        Retractions(settings.data_dir),
        Accounts(store.engine),
        Passwords(),
        DriftWatch(store.engine, models),
        live_phrases(settings.phrases_file, store.engine),
        NearCopies(),
        connections,
    )


def _bare_app(settings: Settings) -> PinchFlask:
    """Flask, set up to repeat nothing that was asked and to answer no OPTIONS by itself."""
    app = PinchFlask("server", static_folder=None, template_folder="web/templates")
    app.config.update(
        MAX_CONTENT_LENGTH=settings.max_body, MAX_FORM_MEMORY_SIZE=settings.max_body, PROVIDE_AUTOMATIC_OPTIONS=False
    )
    # No redirects: they would repeat the address that was asked for.
    app.url_map.merge_slashes = False
    # Registered here, not by Flask itself, so that it too takes no OPTIONS.
    app.static_folder = "web/static"
    app.add_url_rule("/static/<path:filename>", "static", app.send_static_file)
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    return app
