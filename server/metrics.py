"""Counters for whoever runs the server: how many requests, how fast, how much was read. Nothing about whom or what."""

from __future__ import annotations

import time

from flask import Flask, Response, g
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from classifier.document import ModelId
from server.log import method_of_request, route_of_request

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
SECONDS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5)


class Metrics:
    """The counters of one app."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self.requests = Counter(
            "pinch_requests", "Requests answered.", ["method", "route", "status"], registry=self._registry
        )
        self.seconds = Histogram(
            "pinch_request_seconds", "Time to an answer.", ["route"], buckets=SECONDS, registry=self._registry
        )
        self.sentences = Counter("pinch_sentences", "Sentences read.", registry=self._registry)
        self._model = Gauge("pinch_model", "1 for the model in use.", ["version"], registry=self._registry)

    def watch(self, app: Flask) -> None:
        """Count each request when it is answered."""

        @app.after_request
        def count(response: Response) -> Response:
            route = route_of_request()
            self.requests.labels(method_of_request(), route, str(response.status_code)).inc()
            self.seconds.labels(route).observe(time.perf_counter() - g.started)
            return response

    def text(self, model: ModelId) -> bytes:
        """All counters in Prometheus' text format, and which model is in use."""
        self._model.clear()
        self._model.labels(model.version).set(1)
        return generate_latest(self._registry)
