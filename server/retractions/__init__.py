"""Retracted papers: read from a public list, kept on this machine, matched with what a page cites."""
