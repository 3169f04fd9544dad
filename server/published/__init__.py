"""Published data that is brought in from files: how it is cleaned, and where it is kept."""

from server.published.files import PublishedError, PublishedFile

__all__ = ["PublishedError", "PublishedFile"]
