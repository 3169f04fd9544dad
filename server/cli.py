"""The command ``pinch``: the classifier's commands plus the server's."""

from __future__ import annotations

import click

from classifier.cli import COMMANDS
from classifier.labels_cli import labels
from server import __version__
from server.commands.demo import demo
from server.commands.serving import serve
from server.commands.tokens import token
from server.context.commands import context
from server.factchecks.commands import factchecks
from server.feedback.commands import feedback
from server.forums.commands import forums
from server.forums.outbox_commands import deliver, show_outbox
from server.learning.commands import export_labels
from server.moderation.audit_commands import audit
from server.moderation.commands import posts
from server.moderation.drift_commands import drift
from server.moderation.export_commands import export_posts
from server.moderation.people_commands import user
from server.retractions.commands import retractions


@click.group()
@click.version_option(__version__, prog_name="pinch")
def main() -> None:
    """Mark hype on health pages, say why, and show what public-health bodies know."""


for command in (*COMMANDS, serve, demo, token, context, factchecks, feedback, forums, posts, retractions, user, audit):
    main.add_command(command)
forums.add_command(deliver)
forums.add_command(show_outbox)
posts.add_command(export_posts)
posts.add_command(drift)
labels.add_command(export_labels)

if __name__ == "__main__":
    main()
