"""The server: the API, the pages and the command ``pinch`` around the classifier."""

__version__ = "0.1.0"
