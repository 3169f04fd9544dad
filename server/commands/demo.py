"""``pinch demo``: an invented forum to try a moderator's day on, in a data folder of its own."""

from __future__ import annotations

import shutil
from collections.abc import Sequence

import click
from rich.console import Console
from rich.progress import Progress

from classifier import load
from classifier.priority_weights import load_weights
from server.commands.problems import read_settings, told_plainly
from server.commands.serving import run
from server.context import load_cards
from server.models import bundle_in_use
from server.moderation.demo.seed import count_seeded, seed
from server.moderation.demo.threads import DemoPost, read_threads
from server.moderation.scoring import Scorer
from server.settings import Settings
from server.store import open_store


@click.command()
@click.option("--host", help="Address to listen on (PINCH_HOST).")
@click.option("--port", type=int, help="Port to listen on (PINCH_PORT).")
@click.option("--fresh", is_flag=True, help="Begin anew: what was decided in the demo is deleted.")
@click.option("--only-seed", is_flag=True, help="Fill the demo's database and end.")
def demo(host: str | None, port: int | None, fresh: bool, only_seed: bool) -> None:
    """Run the server with an invented forum: 450 posts of the last 30 days, most of them still to be decided.

    It has a folder of its own, `demo` in PINCH_DATA_DIR, and touches nothing else.
    """
    whole = read_settings(host=host, port=port)
    settings = whole.model_copy(update={"data_dir": whole.data_dir / "demo", "database_url": None})
    with told_plainly():
        _fill(settings, read_threads(), fresh=fresh)
    if not only_seed:
        run(settings, path="/queue")


def _fill(settings: Settings, posts: Sequence[DemoPost], *, fresh: bool) -> None:
    """Bring the posts in where they are not, and begin anew where that was broken off."""
    if fresh or 0 < _count(settings) < len(posts):
        shutil.rmtree(settings.data_dir, ignore_errors=True)
    if _count(settings):
        return
    store = open_store(settings)
    try:
        scorer = Scorer(load(bundle_in_use(settings)), load_cards(), load_weights(settings.priority_file))
        console = Console(stderr=True)
        with Progress(console=console, disable=not console.is_terminal) as progress:
            task = progress.add_task("Reading the demo forum", total=len(posts))
            for count in seed(store.engine, scorer, posts):
                progress.advance(task, count)
    finally:
        store.engine.dispose()


def _count(settings: Settings) -> int:
    store = open_store(settings)
    try:
        return count_seeded(store.engine)
    finally:
        store.engine.dispose()
