"""OpenDocument texts: one small document for each feature."""

from __future__ import annotations

import pytest

from ingest.read.extract import UnreadableError
from ingest.read.odt import read_odt
from tests.ingest.read.opendocument import MIMETYPE, cells, h, items, list_style, look, number, odt, p, table
from tests.ingest.read.word import archive

DECIMAL = list_style("L1", number(1), number(2, "a", ")"), number(3, "1", "", 'text:display-levels="3"'))
BULLETS = list_style("B", '<text:list-level-style-bullet text:level="1" text:bullet-char="•"/>')


def lines_of(body: str, automatic: str = "", styles: str = "") -> list[str]:
    return [line for line in read_odt(odt(body, automatic, styles)).text.split("\n") if line]


def test_paragraphs_and_headings_become_markdown() -> None:
    extract = read_odt(odt(h("Bakgrund", 2) + p("Ärendet gäller A.") + p("") + p("Och B.")))
    assert extract.text == "## Bakgrund\n\nÄrendet gäller A.\n\nOch B.\n"
    assert extract.markup
    assert extract.pages == ()


def test_a_title_is_known_by_its_style_or_what_that_builds_on_and_moves_headings_down() -> None:
    automatic = look("P1", 'fo:color="#000000"', attributes='style:parent-style-name="Title"')
    assert lines_of(p("Ny skola", "P1") + h("Beslut", 1) + p("Text."), automatic) == [
        "# Ny skola",
        "## Beslut",
        "Text.",
    ]
    assert lines_of(p("Ny skola", "Title")) == ["# Ny skola"]  # named but not defined


@pytest.mark.parametrize(
    ("name", "line"),
    [("Heading_20_2", "## Beslut"), ("Rubrik 1", "# Beslut"), ("Rubrik", "# Beslut"), ("Text", "Beslut")],
)
def test_a_paragraph_in_a_style_named_as_a_heading_is_one(name: str, line: str) -> None:
    assert lines_of(p("Beslut", name)) == [line]
    assert lines_of(p("Beslut", "P1"), look("P1", "", attributes=f'style:parent-style-name="{name}"')) == [line]


def test_white_space_is_what_the_format_says_it_is() -> None:
    text = "Den  \n nämnd<text:s text:c='3'/>som<text:tab/>är<text:line-break/>ansvarig<text:soft-page-break/> är\u00ad\u00a0klar"
    assert read_odt(odt(p(text))).text == "Den nämnd som är\nansvarig är klar\n"


def test_a_bold_paragraph_above_text_is_a_heading_and_a_bold_word_is_not() -> None:
    automatic = (
        look("P1", 'fo:font-weight="bold"')
        + look("T1", 'fo:font-weight="bold"', "text")
        + look("T2", 'fo:font-weight="normal"', "text")
    )
    body = p("Förslag till beslut", "P1") + p("Nämnden <text:span text:style-name='T1'>beslutar</text:span> så.")
    assert lines_of(body, automatic) == ["### Förslag till beslut", "Nämnden beslutar så."]
    assert lines_of(p("Obs <text:span text:style-name='T2'>detta</text:span>", "P1") + p("Text."), automatic) == [
        "Obs detta",
        "Text.",
    ]
    assert lines_of(p("<text:span text:style-name='T1'>Bakgrund</text:span>") + p("Text."), automatic) == [
        "### Bakgrund",
        "Text.",
    ]


def test_hidden_and_struck_words_are_left_out() -> None:
    automatic = look("T1", 'text:display="none"', "text") + look("T2", 'style:text-line-through-style="solid"', "text")
    body = p(
        "Avgiften <text:span text:style-name='T1'>dold </text:span><text:span text:style-name='T2'>500 </text:span>600"
    )
    assert lines_of(body + '<text:section text:display="none"><text:p>x</text:p></text:section>', automatic) == [
        "Avgiften 600"
    ]
    assert lines_of(p('<text:hidden-paragraph text:is-hidden="true"/>dold') + p("synlig")) == ["synlig"]


# --- lists


def test_numbers_are_counted_over_levels() -> None:
    body = items(p("ett") + items(p("a"), p("b") + items(p("djupt"))), p("två") + items(p("a igen")), style="L1")
    assert lines_of(body, DECIMAL) == ["1. ett", "  a) a", "  b) b", "    1.b.1 djupt", "2. två", "  a) a igen"]


def test_a_list_begins_anew_unless_it_goes_on() -> None:
    first = items(p("ett"), p("två"), style="L1", attributes='xml:id="first"')
    goes_on = items(p("tre"), style="L1", attributes='text:continue-numbering="true"')
    anew = items(p("ett"), style="L1", attributes='xml:id="second"')
    by_id = items(p("fyra"), style="L1", attributes='text:continue-list="first"')
    body = first + p("Emellan.") + goes_on + anew + by_id
    assert lines_of(body, DECIMAL) == ["1. ett", "2. två", "Emellan.", "3. tre", "1. ett", "4. fyra"]


def test_a_list_and_an_item_can_begin_at_a_number_of_their_own() -> None:
    five = list_style("L5", number(1, "1", ".", 'text:start-value="5"'))
    body = items(p("fem"), p("sex"), style="L5").replace(
        "<text:list-item><text:p>sex", '<text:list-item text:start-value="9"><text:p>sex'
    )
    assert lines_of(body, five) == ["5. fem", "9. sex"]


def test_only_the_first_paragraph_of_an_item_carries_its_label_and_a_header_none() -> None:
    body = items(p("ett") + p("mer om ett"), p("två"), style="L1").replace(
        "</text:list>", f"<text:list-header>{p('utan')}</text:list-header></text:list>"
    )
    assert lines_of(body, DECIMAL) == ["1. ett", "mer om ett", "2. två", "utan"]


def test_an_item_that_only_holds_a_deeper_list_isn_t_counted() -> None:
    body = items(p("ett"), items(p("a")), p("två"), style="L1")
    assert lines_of(body, DECIMAL) == ["1. ett", "  a) a", "2. två"]


def test_bullets_are_dashes_and_the_style_may_come_from_the_paragraph() -> None:
    automatic = BULLETS + '<style:style style:name="P1" style:family="paragraph" style:list-style-name="B"/>'
    assert lines_of(items(p("punkt", "P1")), automatic) == ["- punkt"]


@pytest.mark.parametrize("attribute", ["loext:num-list-format", "style:num-list-format"])
def test_the_newer_way_to_write_a_number_counts_first(attribute: str) -> None:
    automatic = list_style("L1", number(1), number(2, "1", "", f'{attribute}="%1%.%2% §"'))
    assert lines_of(items(p("ett") + items(p("x")), style="L1"), automatic) == ["1. ett", "  1.1 § x"]


def test_a_numbered_heading_shows_its_number() -> None:
    outline = (
        '<text:outline-style style:name="Outline"><text:outline-level-style text:level="1" style:num-format="1"/>'
        '<text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/></text:outline-style>'
    )
    body = (
        h("Ett", 1) + h("Del", 2) + h("Utan", 1, 'text:is-list-header="true"') + h("Två", 1) + h("Del", 2)
        + h("Nio", 1, 'text:restart-numbering="true" text:start-value="9"')
    )  # fmt: skip
    assert lines_of(body, styles=outline) == ["# 1 Ett", "## 1.1 Del", "# Utan", "# 2 Två", "## 2.1 Del", "# 9 Nio"]


def test_a_heading_in_a_list_and_other_things_in_items_are_read() -> None:
    body = items(h("Ett", 1), table(cells("a", "b"), cells("c", "d")), p("två"), style="L1")
    assert lines_of(body, DECIMAL) == ["# 1. Ett", "a | b", "c | d", "2. två"]


def test_levels_without_a_number_show_none() -> None:
    silent = list_style("L1", number(1, ""), number(99))
    assert lines_of(items(p("ett") + items(p("x")), style="L1"), silent) == ["ett", "x"]
    assert lines_of(items(p("ett"), style="okänd")) == ["ett"]


def test_the_first_large_paragraph_is_the_title() -> None:
    sizes = '<style:default-style style:family="paragraph"><style:text-properties fo:font-size="12pt"/></style:default-style>'
    automatic = look("P1", 'fo:font-size="150%"') + look("P2", 'fo:font-size="1.2.3pt"')
    body = p("Ny skola", "P1") + p("Detta är texten.", "P2") + p("Mer text här.")
    assert read_odt(odt(body, automatic, sizes)).text == "# Ny skola\n\nDetta är texten.\n\nMer text här.\n"


# --- tables


def test_a_table_with_merged_and_repeated_cells_keeps_its_columns() -> None:
    tall = f'<table:table-cell table:number-rows-spanned="2">{p("Förskola")}</table:table-cell>'
    wide = (
        f'<table:table-cell table:number-columns-spanned="2">{p("Båda")}</table:table-cell><table:covered-table-cell/>'
    )
    empty = '<table:table-cell table:number-columns-repeated="1000000"/>'
    body = table(
        f"<table:table-header-rows>{cells('Enhet', '2025', '2026')}</table:table-header-rows>",
        cells(tall, "1", "2"),
        cells("<table:covered-table-cell/>", "3", "4", empty),
        cells("Skola", wide),
    )
    extract = read_odt(odt(body))
    assert extract.text == "Enhet | 2025 | 2026\nFörskola | 1 | 2\nFörskola | 3 | 4\nSkola | Båda\n"
    assert extract.tables[0].header


def test_a_table_of_one_column_is_layout() -> None:
    assert lines_of(table(cells("Ett."), cells("Två."))) == ["Ett.", "Två."]


# --- headers, notes, boxes, changes


def test_headers_and_footers_of_the_pages_in_use_stand_on_top_set_aside() -> None:
    def master(name: str, inside: str, following: str = "") -> str:
        return (
            f'<style:master-page style:name="{name}" style:next-style-name="{following}">{inside}</style:master-page>'
        )

    masters = (
        master(
            "Standard",
            f"<style:header>{p('Köpings kommun<text:tab/>Sida <text:page-number/>(<text:page-count/>)')}</style:header>",
        )
        + master(
            "First",
            f"<style:header>{p('Dnr KS 2024/1')}</style:header><style:footer>{p('731 85 Köping')}</style:footer>",
            "Next",
        )
        + master("Next", f'<style:header-left style:display="false">{p("dold")}</style:header-left>')
        + master("HTML", f"<style:header>{p('oanvänd')}</style:header>")
    )
    automatic = '<style:style style:name="P1" style:family="paragraph" style:master-page-name="First"/>'
    extract = read_odt(odt(p("Text.", "P1"), automatic, masters=masters))
    assert extract.text == "Köpings kommun\nDnr KS 2024/1\n\n731 85 Köping\n\nText.\n"
    assert [span.of(extract.text) for span in extract.aside] == ["Köpings kommun\nDnr KS 2024/1", "731 85 Köping"]


def test_notes_stand_at_the_end() -> None:
    note = f"<text:note><text:note-citation>1</text:note-citation><text:note-body>{p('Exklusive moms.')}</text:note-body></text:note>"
    assert lines_of(h("Kostnad", 1) + p(f"375 000{note} kr.")) == [
        "# Kostnad",
        "375 000 kr.",
        "# Fotnoter",
        "Exklusive moms.",
    ]


def test_text_boxes_and_shapes_stand_behind_their_paragraph() -> None:
    box = f"<draw:frame><draw:text-box>{p('I rutan.')}</draw:text-box><svg:desc>bild</svg:desc></draw:frame>"
    shape = f"<draw:custom-shape>{p('I pilen.')}</draw:custom-shape>"
    assert lines_of(p(f"Före{box}{shape}") + p("Efter.")) == ["Före", "I rutan.", "I pilen.", "Efter."]


def test_changes_read_as_if_accepted_and_comments_and_contents_are_left_out() -> None:
    body = (
        f"<text:tracked-changes><text:changed-region><text:deletion>{p('borttaget')}</text:deletion></text:changed-region></text:tracked-changes>"
        f"<text:table-of-content><text:index-body>{p('Bakgrund 3')}</text:index-body></text:table-of-content>"
        + p(
            f'De <text:change-start text:change-id="c"/>nya<text:change-end/> orden<office:annotation>{p("Stämmer?")}</office:annotation>.'
        )
    )
    assert lines_of(body) == ["De nya orden."]


def test_words_of_links_sections_and_fields_are_kept() -> None:
    body = f"<text:section>{p('Se <text:a>länken</text:a> den <text:date>13 maj</text:date><text:placeholder>x</text:placeholder>')}</text:section>"
    assert lines_of(body) == ["Se länken den 13 maj"]


# --- what is no OpenDocument text


def test_what_else_stands_under_the_name_is_said() -> None:
    sealed = archive(
        {"mimetype": MIMETYPE, "content.xml": "xx", "META-INF/manifest.xml": "<manifest:encryption-data/>"}, 0
    )
    for content, reason in (
        (sealed, "encrypted with a password"),
        (
            archive({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}, 0),
            "spreadsheet",
        ),
        (archive({"word/document.xml": "<x/>"}), "Word file"),
        (b"%PDF-1.7", "is a PDF"),
    ):
        with pytest.raises(UnreadableError, match=reason) as caught:
            read_odt(content)
        assert caught.value.remedy
    with pytest.raises(ValueError, match="holds no text document"):
        read_odt(archive({"mimetype": MIMETYPE, "content.xml": "<x/>"}))
