"""HTML: a page of the municipality's web site, with its menu and search box around the document."""

from __future__ import annotations

from html import escape

from evals.building.html_words import blocks_html
from evals.building.letterhead import footer_of, letterhead_of
from evals.building.source import Source

STYLE = """body{font:1rem/1.5 sans-serif;margin:0;color:#222}nav,main,footer{max-width:46rem;margin:0 auto;padding:.8rem}
nav{background:#1f4573;color:#fff}nav ul{display:flex;gap:1.5rem;list-style:none;padding:0}nav a{color:#fff}
table{border-collapse:collapse;margin:1rem 0}th,td{border:1px solid #999;padding:.2rem .5rem;text-align:left;vertical-align:top}
.tal{text-align:right}.uppgifter th,.uppgifter td{border:0}.ruta{border:1px solid #999;padding:0 1rem;background:#f5f5f0}
caption{font-weight:bold;text-align:left}footer{border-top:1px solid #999;font-size:.8rem}"""
MENU = """<nav aria-label="Huvudmeny">
<ul>
<li><a href="/">Start</a></li>
<li><a href="/kommun-och-politik">Kommun och politik</a></li>
<li><a href="/handlingar">Handlingar</a></li>
</ul>
<form role="search" action="/sok">
<label for="sok">Sök på webbplatsen</label> <input id="sok" name="q" type="search"> <button>Sök</button>
</form>
</nav>"""


def render_html(source: Source) -> bytes:
    """The document as a web page."""
    title = escape(source.title, quote=False)
    lines = [
        "<!doctype html>",
        f'<html lang="{source.lang}">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{title} – Exempelkommun</title>",
        f"<style>\n{STYLE}\n</style>",
        "</head>",
        "<body>",
        MENU,
        "<main>",
        *_header(source),
        f"<h1>{title}</h1>",
        *blocks_html(source.blocks),
        "</main>",
        "<footer>",
        *(f"<p>{escape(line, quote=False)}</p>" for line in footer_of(source)),
        "</footer>",
        "</body>",
        "</html>",
    ]
    return ("\n".join(lines) + "\n").encode()


def _header(source: Source) -> list[str]:
    letterhead = letterhead_of(source)
    if letterhead is None:
        return []
    facts = "<br>\n".join(escape(fact, quote=False) for fact in (letterhead.sender, *letterhead.facts))
    to = "<br>\n".join(escape(each, quote=False) for each in letterhead.recipients)
    return [
        "<header>",
        f"<p><strong>EXEMPELKOMMUN</strong><br>\n{facts}</p>",
        *([f"<p>Till<br>\n{to}</p>"] if to else []),
        "</header>",
    ]
