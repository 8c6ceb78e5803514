"""Styles, page, header and footer of the OpenDocument texts."""

from __future__ import annotations

from html import escape

from evals.building.letterhead import ATTEST, SIGN, footer_of
from evals.building.source import Source

MIME_TYPE = "application/vnd.oasis.opendocument.text"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
NAMESPACES = " ".join(
    [
        *(f'xmlns:{name}="{_OASIS}{name}:1.0"' for name in ("office", "text", "table", "style", "meta")),
        f'xmlns:fo="{_OASIS}xsl-fo-compatible:1.0"',
        'xmlns:dc="http://purl.org/dc/elements/1.1/"',
    ]
)
FACES = {True: "Cambria", False: "Calibri"}


def automatic_styles() -> str:
    """The styles of content.xml: runs, cells, lists."""
    lists = (
        '<text:list-style style:name="Numrerad"><text:list-level-style-number text:level="1" style:num-suffix="." '
        'style:num-format="1">{0}</text:list-level-style-number></text:list-style>'
        '<text:list-style style:name="Punkter"><text:list-level-style-bullet text:level="1" text:bullet-char="•">{0}'
        "</text:list-level-style-bullet></text:list-style>"
    ).format(
        '<style:list-level-properties text:list-level-position-and-space-mode="label-alignment">'
        '<style:list-level-label-alignment text:label-followed-by="listtab" fo:text-indent="-6mm" fo:margin-left="7mm"/>'
        "</style:list-level-properties>"
    )
    return (
        "<office:automatic-styles>"
        + _style("Fet", "text", text='fo:font-weight="bold"')
        + _style("Kursiv", "text", text='fo:font-style="italic"')
        + _style("Tabell", "table", extra='<style:table-properties style:width="160mm" table:align="left"/>')
        + _style(
            "Ruta1",
            "table-cell",
            extra='<style:table-cell-properties fo:border="0.5pt solid #888888" fo:padding="1mm"/>',
        )
        + _style("Fri1", "table-cell", extra='<style:table-cell-properties fo:border="none" fo:padding="1mm"/>')
        + _style("Cell", "paragraph", parent="Standard")
        + _style("Belopp", "paragraph", parent="Standard", paragraph='fo:text-align="end"')
        + _style("Tabellhuvud", "paragraph", parent="Standard", text='fo:font-weight="bold"')
        + _style(
            "Ruta", "paragraph", parent="Text_20_body", paragraph='fo:border="0.5pt solid #888888" fo:padding="2mm"'
        )
        + _style("Sidbrytning", "paragraph", parent="Standard", paragraph='fo:break-after="page"')
        + lists
        + "</office:automatic-styles>"
    )


def styles_xml(source: Source) -> str:
    """styles.xml: named styles, A4 with its margins, header from the second page, footer on all."""
    face, size = FACES[source.serif], source.size
    named = (
        '<style:default-style style:family="paragraph"><style:text-properties fo:language="sv" fo:country="SE" '
        f'fo:font-family="{face}" fo:font-size="{size}pt"/></style:default-style>'
        + _style("Standard", "paragraph")
        + _style("Text_20_body", "paragraph", "Standard", paragraph='fo:margin-bottom="2.5mm"')
        + _style("List", "paragraph", "Standard", paragraph='fo:margin-bottom="1mm"')
        + _style("Caption", "paragraph", "Standard", 'fo:keep-with-next="always"', 'fo:font-weight="bold"')
        + "".join(_heading(level, points) for level, points in ((1, size + 5), (2, size + 2), (3, size)))
        + _style("Header", "paragraph", "Standard", text='fo:font-size="9pt"', tabs="160mm")
        + _style("Footer", "paragraph", "Standard", 'fo:text-align="center"', 'fo:font-size="8pt"')
    )
    return (
        f'<office:document-styles {NAMESPACES} office:version="1.3">\n<office:styles>{named}</office:styles>\n'
        '<office:automatic-styles><style:page-layout style:name="A4"><style:page-layout-properties fo:page-width="210mm" '
        'fo:page-height="297mm" fo:margin-left="25mm" fo:margin-right="25mm" fo:margin-top="12mm" fo:margin-bottom="11mm"/>'
        '<style:header-style><style:header-footer-properties fo:min-height="13mm" fo:margin-bottom="6mm"/></style:header-style>'
        '<style:footer-style><style:header-footer-properties fo:min-height="9mm" fo:margin-top="4mm"/></style:footer-style>'
        "</style:page-layout></office:automatic-styles>\n"
        f"<office:master-styles>{_master(source)}</office:master-styles></office:document-styles>\n"
    )


def _master(source: Source) -> str:
    lines = ([f"{SIGN}: …………    {ATTEST}: …………"] if source.signline else []) + list(footer_of(source))
    footer = "".join(f'<text:p text:style-name="Footer">{escape(line, quote=False)}</text:p>' for line in lines)
    pages = (
        'Sida <text:page-number text:select-page="current">1</text:page-number> (<text:page-count>1</text:page-count>)'
    )

    def header(words: str) -> str:
        return f'<text:p text:style-name="Header">{escape(words, quote=False)}<text:tab/>{pages}</text:p>'

    return (
        '<style:master-page style:name="Standard" style:page-layout-name="A4">'
        f"<style:header>{header(source.header)}</style:header><style:header-first>{header('')}</style:header-first>"
        f"<style:footer>{footer}</style:footer><style:footer-first>{footer}</style:footer-first></style:master-page>"
    )


def _heading(level: int, points: int) -> str:
    name = f"Heading_20_{level}"
    opening = f'<style:style style:name="{name}" style:display-name="Heading {level}" style:family="paragraph" '
    return (
        f'{opening}style:parent-style-name="Standard" style:default-outline-level="{level}">'
        '<style:paragraph-properties fo:margin-top="4mm" fo:margin-bottom="1.5mm" fo:keep-with-next="always"/>'
        f'<style:text-properties fo:font-weight="bold" fo:font-size="{points}pt"/></style:style>'
    )


def _style(
    name: str, family: str, parent: str = "", paragraph: str = "", text: str = "", tabs: str = "", extra: str = ""
) -> str:
    stops = (
        f'<style:tab-stops><style:tab-stop style:position="{tabs}" style:type="right"/></style:tab-stops>'
        if tabs
        else ""
    )
    inner = (
        f"<style:paragraph-properties {paragraph}>{stops}</style:paragraph-properties>" if paragraph or stops else ""
    )
    inner += f"<style:text-properties {text}/>" if text else ""
    ancestry = f' style:parent-style-name="{parent}"' if parent else ""
    return f'<style:style style:name="{name}" style:family="{family}"{ancestry}>{inner}{extra}</style:style>'
