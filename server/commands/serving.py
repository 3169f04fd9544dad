"""``pinch serve``: the server on this machine."""

from __future__ import annotations

import errno
import json
import signal
import threading
from types import FrameType

import click
from flask import Flask
from threadpoolctl import threadpool_limits
from waitress import create_server
from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer
from waitress.task import ErrorTask

from server.api.posts import intake_of, reader_of
from server.app import create_app
from server.commands.problems import Refusal, read_settings, told_plainly
from server.factchecks.meaning import meaning_of
from server.failures import WORDS
from server.forums.background import BackgroundPulls
from server.forums.courier import run_in_background
from server.forums.couriers import couriers_of
from server.forums.leases import Leases
from server.forums.pulling import Puller
from server.forums.receiving import Receiver
from server.log import configure_libraries
from server.moderation.incoming import IncomingPost
from server.own_words.watching import watch
from server.parts import Parts
from server.settings import Settings

THREADS = 4


class JsonErrorTask(ErrorTask):  # type: ignore[misc]
    """Requests that waitress itself refuses are answered in the one error shape too."""

    def execute(self) -> None:
        """Write the answer."""
        status = self.request.error.code
        code, message, hint = WORDS.get(status, WORDS[400])
        body = json.dumps({"error": {"code": code, "message": message, "hint": hint}}).encode()
        self.status = f"{status} {self.request.error.reason}"
        self.response_headers.extend(
            [("Content-Type", "application/json"), ("Cache-Control", "no-store"), ("X-Content-Type-Options", "nosniff")]
        )
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


class Channel(HTTPChannel):  # type: ignore[misc]
    """A connection."""

    error_task_class = JsonErrorTask


@click.command()
@click.option("--host", help="Address to listen on (PINCH_HOST).")
@click.option("--port", type=int, help="Port to listen on (PINCH_PORT).")
@click.option(
    "--threads", type=click.IntRange(1, 64), default=THREADS, show_default=True, help="Requests served at once."
)
def serve(host: str | None, port: int | None, threads: int) -> None:
    """Run the server and print the address to open."""
    run(read_settings(host=host, port=port), threads=threads)


def run(settings: Settings, *, threads: int = THREADS, path: str | None = None) -> None:
    """Serve until stopped. ``path`` is told as the page to go on to."""
    configure_libraries()
    with told_plainly():
        app = create_app(settings)
        server = listen(app, settings, threads)
        warm_up(app)
        watch(app)
        announce(app, server, settings, path)
        read_forums(app)
    signal.signal(signal.SIGTERM, _stop)
    tell_forums(app)
    try:
        server.run()
    finally:
        server.close()


def listen(app: Flask, settings: Settings, threads: int) -> BaseWSGIServer:
    """Take the port. A body stays in memory, because a temporary file would put a reader's text on the disk.

    Waitress swallows up to four times the limit, so that the app can refuse in words, not by breaking off.
    """
    most = 4 * settings.max_body
    try:
        server = create_server(
            app,
            host=settings.host,
            port=settings.port,
            threads=threads,
            ident="Pinch",
            max_request_body_size=most,
            inbuf_overflow=most + 1,
            outbuf_overflow=16 * most,
            # security/proxies.py reads what proxies say, and must see it to tell a proxy from a browser.
            clear_untrusted_proxy_headers=False,
        )
    except OSError as error:
        raise Refusal(_why_not(error, settings)) from None
    server.channel_class = Channel
    return server


def _why_not(error: OSError, settings: Settings) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {settings.port} is taken. Stop what listens there, or choose another: pinch serve --port 8766"
    if error.errno == errno.EACCES:
        return f"Port {settings.port} may not be used. Choose one above 1023: pinch serve --port 8765"
    return f"The address {settings.host} port {settings.port} cannot be used: {error.strerror or 'unknown name'}."


def warm_up(app: Flask) -> None:
    """Load what is loaded at first use, so that the first page and the first post are as quick as the others.

    Each request then calculates on its own thread alone: the products of a post or page are so small that a second
    thread of the library costs more than it helps, and takes the core that another request wants.
    """
    threadpool_limits(1)
    parts: Parts = app.extensions["pinch"]
    words = "Warm water is warm, and ketamine is a medicine."
    reader_of(parts).score(IncomingPost(source="warm", post_id="up", version=1, text=words))
    meaning_of("Warm water is warm.")


def tell_forums(app: Flask) -> None:
    """Bring connected forums what was decided, beside the requests, for as long as the process lives."""
    parts: Parts = app.extensions["pinch"]
    run_in_background(couriers_of(parts.store.engine, parts.connections), threading.Event())


def read_forums(app: Flask) -> None:
    """Begin to fetch from the connected forums what no delivery brought."""
    parts: Parts = app.extensions["pinch"]
    if parts.connections.discourses:
        engine = parts.store.engine
        puller = Puller(lambda: Receiver(engine, intake_of(parts)), Leases(engine))
        BackgroundPulls(puller, parts.connections.discourses).start()


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


def announce(app: Flask, server: BaseWSGIServer, settings: Settings, path: str | None) -> None:
    """Print the address with a one-time code, and the page to go on to."""
    parts: Parts = app.extensions["pinch"]
    address = base_address(settings, server.effective_port)
    click.echo(f"Pinch listens on {address}")
    click.echo("Open this address once to sign in (good for ten minutes):")
    click.echo(f"{address}/?code={parts.store.codes.make()}")
    if path:
        click.echo(f"Then go on to {address}{path}")


def base_address(settings: Settings, port: int) -> str:
    """How a browser on this machine reaches the server."""
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]", "::1": "[::1]"}.get(settings.host, settings.host)
    return f"http://{host}:{port}"


def public_address(settings: Settings) -> str:
    """How a browser elsewhere reaches the server: by its first public name, or else as one on this machine."""
    if not settings.public_hosts:
        return base_address(settings, settings.port)
    scheme = "https" if settings.secure_cookie else "http"
    return f"{scheme}://{settings.public_hosts[0]}"
