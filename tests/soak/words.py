"""Words and marks that readings turn on, which fuzzing puts together."""

from __future__ import annotations

WORDS = (
    "miracle", "m1r\u200bacle", "c u r e s", "c@ncer", "p*ison", "mir-a-cle", "𝓬𝓾𝓻𝓮", "not a",
    "“", "”", '"', "‘", "’", "«", "»",
    "says Dr. X", "he added", "[1]", "[2–4]", "(3)", "¹", "⁽²⁾", "† ", "References", "1. Lee A. J Pain. 2019;4(2):1-9.",
    "(Lee, 2019)", "U.S. FDA", "e.g. ", "[^1]", "[^1]: note", "---", "> ", "> > ", "On Monday Ada wrote:",
    "[quote=Ada]", "[/quote]", "[b]", "[/b]", "[*]", "[list]", "[/list]", "[code]", "[/code]",
    "[url=https://a.b/c]", "[/url]", "<p>", "</p>", "<li>", "<b>", "<blockquote type=cite>", "</blockquote>",
    "<cite>", "<footer>", "<nav>", "<article>", "<table><tr><td>", "<svg>", "<template>", "<math>", "<select>",
    "<sup><a href='#r1'>1</a></sup>", "<p id=r1>", "<a href='/x'>", "</a>", "<br>", "<pre>", "<div hidden>",
    "<!--", "-->", "<![CDATA[", "&nbsp;", "&#x1F600;", "&shy;", "```", "| a | b |\n|---|---|", "+++", "# ", "- ",
    "—", "😀", "é", "e\u0301", "ש", "\u202e", "\u2028", "\n", "\n\n", "\r\n", "\t", ". ", " ",
)  # fmt: skip
