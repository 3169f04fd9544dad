"""``POST /v1/analyze``: what there is to tell a reader of one page or post."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request

from server.api.asked import AskedAnalysis
from server.api.body import read_json, validate
from server.api.documents import check_block_count, read_document
from server.api.reading import read
from server.api.wording import analysis_json
from server.parts import parts

blueprint = Blueprint("analyze", __name__)


@blueprint.post("/v1/analyze")
def analyze() -> Response:
    """Read blocks, HTML or text and answer with flags, reasons, cards and notices."""
    mine = parts()
    body = read_json()
    blocks = body.get("blocks")
    if isinstance(blocks, list):
        check_block_count(len(blocks), mine.settings.max_blocks)
    asked = validate(AskedAnalysis, body)
    document = read_document(asked, max_blocks=mine.settings.max_blocks)
    reading = read(document, asked.options, mine, accept_language=request.headers.get("Accept-Language", ""))
    answer = analysis_json(
        reading.report,
        reading.matches,
        mine.cards,
        notices=reading.notices,
        with_blocks=asked.blocks is None,
        with_main_text=bool(asked.blocks and asked.elements),
    )
    return jsonify(answer)
