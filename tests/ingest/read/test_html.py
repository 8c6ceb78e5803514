"""Web pages: one small page for each feature, and for each defect that real pages showed."""

from __future__ import annotations

import pytest

from ingest.read.extract import UnreadableError
from ingest.read.html import html_blocks, read_html

SENTENCE = "Kommunfullmäktige beslutar att höja avgiften till 1 250 kr – från år 2024. "


def lines_of(body: str) -> list[str]:
    """The lines of a page with this body."""
    return [line for line in text_of(f"<html><body>{body}</body></html>").split("\n") if line]


def text_of(page: str) -> str:
    return read_html(page.encode()).text


# --- what is content


def test_the_main_part_is_read_and_what_belongs_to_the_site_isn_t() -> None:
    page = f"""<!doctype html><html lang="sv"><head><title>Avgifter | Exempelstads kommun</title><style>p {{}}</style></head><body>
    <a class="skip-link" href="#m">Hoppa till innehåll</a><header><p>Exempelstads kommun</p></header>
    <nav><ul><li>Start</li></ul></nav><div class="breadcrumbs">Start / Avgifter</div>
    <div id="cookie-banner"><h2>Vi använder kakor</h2></div>
    <main><header><h1>Avgifter</h1></header><nav>På sidan</nav><p>{SENTENCE}</p><script>alert(1)</script>
    <footer>Uppdaterad 2024-05-13</footer></main>
    <aside>Nyheter</aside><footer>Kontakt</footer></body></html>"""
    extract = read_html(page.encode())
    assert extract.text == f"Exempelstads kommun\n\n# Avgifter\n\n{SENTENCE.strip()}\n\nUppdaterad 2024-05-13\n"
    assert [span.of(extract.text) for span in extract.aside] == ["Exempelstads kommun"]
    assert extract.markup


@pytest.mark.parametrize(
    "wrapper",
    ["<main>{}</main>", '<div role="main">{}</div>', "<article>{}</article>", '<div id="content">{}</div>', "{}"],
)
def test_content_is_found_in_every_kind_of_template(wrapper: str) -> None:
    inside = wrapper.format(f"<h1>Avgifter</h1><p>{SENTENCE}</p>")
    assert lines_of(f"<div role='navigation'>Meny</div>{inside}<div role='contentinfo'>Kontakt</div>") == [
        "# Avgifter",
        SENTENCE.strip(),
    ]


def test_a_main_part_that_is_nearly_empty_isn_t_believed() -> None:
    assert SENTENCE.strip() in lines_of(f"<main><p>Laddar</p></main><div><p>{SENTENCE}</p></div>")


def test_a_form_around_the_whole_page_hides_nothing() -> None:
    page = f"<form id='aspnetForm'><h1>Avgifter</h1><label>Sök</label><input value='x'><button>Sök</button><p>{SENTENCE}</p></form>"
    assert lines_of(page) == ["# Avgifter", SENTENCE.strip()]


def test_a_name_of_furniture_on_a_wrapper_of_the_content_hides_nothing() -> None:
    page = f"<div class='cookie-consent-given navbar'><main><h1>Om kakor</h1><div class='cookie-text'>{SENTENCE}</div></main></div>"
    assert lines_of(page) == ["# Om kakor", SENTENCE.strip()]


def test_hidden_elements_are_left_out_and_the_words_behind_them_stay() -> None:
    page = (
        "<p>A<span hidden>x</span>B<span style='display: none'>x</span>C<span aria-hidden='true'>x</span>D"
        "<span class='sr-only'>öppnas i nytt fönster</span>E<!-- x --><template>x</template>F<del>x</del>G</p>"
        "<div hidden='until-found'>H</div>"
    )
    assert lines_of(page) == ["ABCDEFG", "H"]


def test_a_heading_that_is_a_button_and_a_folded_part_keep_their_words() -> None:
    page = "<h2><button>Ekonomi</button></h2><p>Text.</p><details><summary>Frågor</summary><p>Svar.</p></details><button>Skriv ut</button>"
    assert lines_of(page) == ["## Ekonomi", "Text.", "### Frågor", "Svar."]


@pytest.mark.parametrize(
    ("page", "first"),
    [
        (f"<title>Avgifter - Köpings kommun</title><p>{SENTENCE}", "# Avgifter"),  # no heading at all
        (f"<title>x</title><header><h1>Avgifter</h1></header><main><h2>Del</h2><p>{SENTENCE}</main>", "# Avgifter"),
        (
            f"<title>x</title><header><h1>Köpings kommun</h1></header><main><h1>Avgifter</h1><p>{SENTENCE}</main>",
            "# Avgifter",
        ),
        (f"<header><h1>Avgifter</h1></header><h1>Del</h1><p>{SENTENCE}<h1>Del</h1><p>{SENTENCE}", "# Avgifter"),
    ],
)
def test_the_title_is_the_heading_of_the_page_wherever_the_template_puts_it(page: str, first: str) -> None:
    assert next(line for line in text_of(page).split("\n") if line.startswith("#")) == first


# --- structure


def test_headings_paragraphs_and_line_breaks() -> None:
    page = (
        "<h2>Ett\n <em>och</em><br>två</h2><div>Löst <b>ord</b>\n<p>Stycke<br>ny rad</p>efter<br><br>nytt</div><hr>slut"
    )
    assert text_of(page) == "## Ett och två\n\nLöst ord\n\nStycke\nny rad\n\nefter\n\nnytt\n\nslut\n"


def test_entities_and_invisible_signs_read_naturally() -> None:
    assert lines_of(
        "<p>K&ouml;ping&nbsp;&amp;&#160;co&shy;op &#150; 45&#8239;000 &lt;x&gt; m<sup>2</sup> H<sup>2</sup></p>"
    ) == ["Köping & coop – 45 000 <x> m² H2"]


def test_numbers_of_lists_follow_start_value_type_and_direction() -> None:
    page = """<ol start=3><li>tre<ol type=a><li>a<li>b</ol><li value=7>sju<li>åtta</ol>
    <ol reversed><li>två<li>ett</ol><ol style="list-style-type: upper-roman"><li>I</ol><ul><li>punkt<ul><li>under</ul></ul>
    <ol style="list-style: none"><li>utan</ol>"""
    assert [line for line in text_of(page).split("\n") if line] == [
        "3. tre", "  a. a", "  b. b", "7. sju", "8. åtta", "2. två", "1. ett", "I. I", "- punkt", "  - under", "utan",
    ]  # fmt: skip


def test_items_with_paragraphs_headings_and_lists_out_of_place() -> None:
    page = "<ol><li><p>ett</p><p>mer</p></li><ul><li>löst</li></ul><li></li><li><h3>Rubrik</h3>tre</li></ol>"
    assert lines_of(page) == ["1. ett", "mer", "  - löst", "### 3. Rubrik", "tre"]


def test_a_list_that_word_wrote_keeps_its_labels() -> None:
    def item(label: str, text: str) -> str:
        return f"<p class=MsoListParagraph><![if !supportLists]><span style='mso-list:Ignore'>{label}<span>&nbsp; </span></span><![endif]>{text}</p>"

    assert lines_of(item("1.", "ett") + item("b)", "två") + item("·", "punkt") + item("§", "ruta") + item("o", "ring")) == [
        "1. ett", "b) två", "- punkt", "- ruta", "- ring",
    ]  # fmt: skip


def test_tables_with_merged_cells_keep_their_columns() -> None:
    page = """<table><caption>Kostnad</caption><thead><tr><th>Enhet<th>2025<th>2026</thead>
    <tr><td rowspan=2>Förskola<td>1<td>2<tr><td>3<td>4<tr><td>Skola<td colspan=2>Båda<tr><td><td>x</table>"""
    extract = read_html(page.encode())
    assert extract.text == "Kostnad\n\nEnhet | 2025 | 2026\nFörskola | 1 | 2\nFörskola | 3 | 4\nSkola | Båda\n | x\n"
    assert extract.tables[0].header


def test_a_table_for_the_looks_is_read_as_paragraphs() -> None:
    page = "<table><tr><td>Meny<td><table><tr><td>a<td>b<tr><td>c<td>d</table><tr><td>x<td>y</table>"
    assert lines_of(page) == ["Meny", "a | b", "c | d", "x", "y"]


def test_terms_stand_with_what_they_mean_and_preformatted_text_keeps_its_lines() -> None:
    assert text_of(
        "<dl><dt>Dnr</dt><dd>KS 2024/1</dd><dt>Datum</dt><dd>13 maj</dd></dl><pre>rad ett\n  rad två</pre>"
    ) == ("Dnr\nKS 2024/1\n\nDatum\n13 maj\n\nrad ett\nrad två\n")


def test_a_bold_paragraph_above_text_is_a_heading() -> None:
    page = (
        "<p><strong>Beslut</strong></p><p>Nämnden <b>beslutar</b>.</p><p style='font-weight:700'>Skäl</p><p>Text.</p>"
    )
    assert lines_of(page) == ["### Beslut", "Nämnden beslutar.", "### Skäl", "Text."]


def test_notes_stand_at_the_end_without_marks() -> None:
    page = (
        '<h1>Kostnad</h1><p>375 000<a href="#_ftn1">[1]</a> kr<sup><a href="#fn2">2</a></sup>.</p>'
        '<div id="ftn1"><p><a href="#_ftnref1">[1]</a> Exklusive moms.</p></div><p>Slut.</p>'
    )
    assert lines_of(page) == ["# Kostnad", "375 000 kr.", "Slut.", "# Fotnoter", "Exklusive moms."]


def test_titles_and_quotation_marks_that_only_the_looks_tell() -> None:
    page = '<p class="MsoTitle">Ny skola</p><h1>Beslut</h1><p>Se <q>planen</q>.</p>'
    assert lines_of(page) == ["# Ny skola", "## Beslut", "Se ”planen”."]
    site = '<head><meta property="og:site_name" content="Exempelstads kommun"></head>'
    assert text_of(f"<html>{site}<body><h1>Avgifter</h1></body></html>") == "Exempelstads kommun\n\n# Avgifter\n"


def test_cells_beyond_what_a_page_can_show_are_left_out() -> None:
    page = f"<table><tr>{'<td>x' * 150}<tr><td rowspan=3>y<td>z<tr><td>z<tr><td>z</table>"
    lines = lines_of(page)
    assert lines[0].count("x") == 100
    assert lines[1:] == ["y | z"] * 3


# --- broken and foreign


def test_broken_markup_is_mended() -> None:
    assert lines_of("<p>ett<p>två<li>lös<table><tr><td>cell</p></b><div><b>öppen<p>tre") == [
        "ett",
        "två",
        "lös",
        "cell",
        "öppen",
        "tre",
    ]
    assert text_of("<p>bara ett stycke") == "bara ett stycke\n"
    assert text_of("<!-- tom -->") == ""
    assert text_of("<html></html>") == ""
    assert text_of("<?xml version='1.0' encoding='utf-8'?><html><body><p>xhtml</p></body></html>") == "xhtml\n"
    assert html_blocks("") == []


def test_a_page_larger_than_any_is_refused() -> None:
    with pytest.raises(ValueError, match="more than the 40000000 allowed"):
        read_html(b"<p>" + b"x" * 40_000_000)


@pytest.mark.parametrize("depth", [100, 240])
def test_deep_nesting_is_read(depth: int) -> None:
    assert text_of("<div>" * depth + "djupt") == "djupt\n"


@pytest.mark.parametrize("tag", ["div", "ul><li", "table><tr><td", "b", "blockquote"])
def test_nesting_without_end_is_refused(tag: str) -> None:
    with pytest.raises(ValueError, match="nested too deep"):
        text_of(f"<html><body>{f'<{tag}>' * 5000}text")


def test_a_picture_written_into_the_page_doesn_t_cut_it_short() -> None:
    page = f"<p>Före.</p><img src='data:image/png;base64,{'QUJD' * 4_000_000}'><p>Efter.</p>"
    assert text_of(page) == "Före.\n\nEfter.\n"


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", ""),
        ("utf-8", "iso-8859-1"),  # declared wrongly
        ("cp1252", "iso-8859-1"),
        ("cp1252", "windows-1252"),
        ("cp1252", "utf-8"),  # declared wrongly
        ("cp1252", "iso-8859-6"),  # declared wrongly
        ("cp1252", "rot13"),
        ("cp1252", ""),
        ("mac_roman", "macintosh"),
        ("cp850", "ibm850"),
        ("utf-16", ""),
        ("utf-8-sig", "cp1252"),
    ],
)
def test_the_encoding_is_found_and_a_wrong_declaration_seen_through(encoding: str, declared: str) -> None:
    sentence = SENTENCE.replace("–", "-") if encoding == "cp850" else SENTENCE
    page = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={declared}"></head><body><p>{sentence}</body></html>'
    assert read_html(page.encode(encoding)).text == sentence.strip() + "\n"


def test_text_is_stored_in_composed_form() -> None:
    assert text_of("<p>Ko\u0308ping</p>") == "Köping\n"


def test_what_else_stands_under_the_name_is_said() -> None:
    for content, reason in (
        (b"%PDF-1.7", "is a PDF"),
        (b"PK\x03\x04word/document.xml", "Word file"),
        (b"\x00\x01\x02<p>", "binary"),
    ):
        with pytest.raises(ValueError, match=reason):
            read_html(content)
    with pytest.raises(UnreadableError):
        read_html(b"%PDF-1.7")
    with pytest.raises(ValueError, match="has no markup"):
        read_html(b"bara text")
