"""Moderation under load, under SIGKILL and in races, over HTTP as people and forums use it: ``make soak``."""
