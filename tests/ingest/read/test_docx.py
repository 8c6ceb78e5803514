"""Word files: one small document for each feature, and for each defect that real files showed."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest

from ingest.read.docx import read_docx
from ingest.read.extract import Extract, UnreadableError
from tests.ingest.read.word import (
    archive,
    cell,
    level,
    numbering,
    paragraph,
    row,
    run,
    style,
    table,
    word,
)

HEADINGS = (
    style("Rubrik", "Title")
    + style("Rubrik1", "heading 1")
    + style("Rubrik2", "heading 2")
    + style("Egen", "Nämndens rubrik", based_on="Rubrik1")
    + style("Disposition", "Kapitel", '<w:pPr><w:outlineLvl w:val="2"/></w:pPr>')
    + style("Brodtext", "Brödtext 1", '<w:pPr><w:outlineLvl w:val="9"/></w:pPr>', based_on="Rubrik1")
    + style("SvenskRubrik", "Rubrik 3")
    + style("Innehll1", "toc 1")
)


def text_of(body: str, **parts: Any) -> str:
    return read_docx(word(body, **parts)).text


def lines_of(body: str, **parts: Any) -> list[str]:
    return [line for line in text_of(body, **parts).split("\n") if line]


# --- paragraphs and headings


def test_paragraphs_are_divided_by_a_blank_line_and_headings_carry_their_level() -> None:
    text = text_of(
        paragraph("Bakgrund", "Rubrik1") + paragraph("Ärendet gäller A.") + paragraph("Och B."), styles=HEADINGS
    )
    assert text == "# Bakgrund\n\nÄrendet gäller A.\n\nOch B.\n"


@pytest.mark.parametrize(
    ("style_id", "marks"),
    [
        ("Rubrik1", "#"),
        ("Rubrik2", "##"),
        ("Egen", "#"),
        ("Disposition", "###"),
        ("SvenskRubrik", "###"),
        ("Brodtext", ""),
    ],
)
def test_a_heading_is_known_by_name_in_either_language_by_what_it_builds_on_and_by_outline_level(
    style_id: str, marks: str
) -> None:
    assert lines_of(paragraph("Rubriken här", style_id), styles=HEADINGS) == [f"{marks} Rubriken här".strip()]


def test_an_outline_level_of_the_paragraph_itself_counts_before_its_style() -> None:
    body = '<w:p><w:pPr><w:outlineLvl w:val="1"/></w:pPr><w:r><w:t>Ekonomi</w:t></w:r></w:p>'
    assert lines_of(body) == ["## Ekonomi"]


def test_below_a_title_the_headings_move_down_by_one() -> None:
    body = paragraph("Ny förskola", "Rubrik") + paragraph("Bakgrund", "Rubrik1") + paragraph("Text.")
    assert lines_of(body, styles=HEADINGS) == ["# Ny förskola", "## Bakgrund", "Text."]


def test_a_short_bold_paragraph_above_text_is_a_heading_of_level_three() -> None:
    body = f"<w:p>{run('Förslag till', '<w:b/>')}{run(' beslut', '<w:b/>')}</w:p>" + paragraph(
        "Nämnden beslutar att bifalla."
    )
    assert lines_of(body) == ["### Förslag till beslut", "Nämnden beslutar att bifalla."]


@pytest.mark.parametrize(
    "body",
    [
        f"<w:p>{run('Obs', '<w:b/>')}{run(' detta gäller')}</w:p>" + paragraph("Text."),  # only partly bold
        f"<w:p>{run('Detta är viktigt.', '<w:b/>')}</w:p>" + paragraph("Text."),  # a sentence
        "".join(f"<w:p>{run(name, '<w:b/>')}</w:p>" for name in ("Anna", "Bo", "Cilla")) + paragraph("Text."),  # a list
        paragraph("Text.") + f"<w:p>{run('Anna Ek', '<w:b/>')}</w:p>",  # nothing below
        paragraph("", inside=run("Inte fet", '<w:b w:val="0"/>')) + paragraph("Text."),
    ],
)
def test_other_bold_words_are_no_heading(body: str) -> None:
    assert "#" not in text_of(body)


def test_the_first_large_bold_paragraph_is_the_title_where_no_style_says_which_is() -> None:
    def bold(text: str, half_points: int) -> str:
        return paragraph("", inside=run(text, f'<w:b/><w:sz w:val="{half_points}"/>'))

    body = (
        bold("Ny förskola i Kolsva", 32) + paragraph("Ingress.") + bold("Bakgrund", 24) + paragraph("Mycket text här.")
    )
    defaults = '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="24"/></w:rPr></w:rPrDefault></w:docDefaults>'
    assert lines_of(body, styles=defaults) == ["# Ny förskola i Kolsva", "Ingress.", "### Bakgrund", "Mycket text här."]


def test_a_whole_paragraph_in_a_heading_style_is_a_paragraph() -> None:
    prose = "Detta är ett helt stycke i fel format. " * 10
    assert lines_of(paragraph(prose, "Rubrik1"), styles=HEADINGS) == [prose.strip()]


def test_a_line_break_stays_one_in_a_paragraph_and_becomes_a_space_in_a_heading() -> None:
    broken = "<w:r><w:br/><w:t>rad två</w:t></w:r>"
    body = paragraph("Rad ett", "Rubrik1", inside=broken) + paragraph("Rad ett", inside=broken)
    assert text_of(body, styles=HEADINGS) == "# Rad ett rad två\n\nRad ett\nrad två\n"


def test_a_page_break_leaves_no_page() -> None:
    extract = read_docx(word(paragraph("Före.", inside='<w:r><w:lastRenderedPageBreak/><w:br w:type="page"/></w:r>')))
    assert (extract.text, extract.pages) == ("Före.\n", ())


def test_invisible_signs_go_and_special_ones_become_plain() -> None:
    inside = "<w:r><w:noBreakHyphen/><w:t>huset\u00a0och</w:t><w:tab/><w:t>e\u0301n</w:t><w:softHyphen/><w:t>gång</w:t></w:r>"
    assert lines_of(paragraph("kommun\u00ad", inside=inside)) == ["kommun-huset och éngång"]


# --- lists

ONE_LIST = numbering(
    {1: level(0, "%1.") + level(1, "%1.%2") + level(2, "%3)", "lowerLetter"), 2: level(0, "\uf0b7", "bullet")},
    {
        1: (1, ""),
        2: (1, ""),
        3: (1, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'),
        4: (2, ""),
    },
)


def test_numbers_of_lists_are_counted_over_levels_breaks_and_restarts() -> None:
    steps = [
        ((1, 0), "1."), ((1, 1), "1.1"), ((1, 1), "1.2"), ((1, 2), "a)"), ((1, 2), "b)"), ((1, 0), "2."), ((1, 1), "2.1"),
        ((2, 0), "3."),  # another list of the same kind goes on
        ((3, 0), "1."),  # one with an override begins anew
        ((3, 0), "2."),
    ]  # fmt: skip
    body = "".join(paragraph("x", numbering=step) for step, _ in steps)
    assert [line.split()[0] for line in lines_of(body, numbering=ONE_LIST)] == [label for _, label in steps]


def test_a_list_goes_on_behind_a_paragraph_and_stands_in_lines_of_its_own() -> None:
    body = (
        paragraph("Nämnden beslutar")
        + paragraph("att bifalla,", numbering=(1, 0))
        + paragraph("att avslå.", numbering=(1, 0))
        + paragraph("Emellan.")
        + paragraph("att bordlägga.", numbering=(1, 0))
    )
    assert text_of(body, numbering=ONE_LIST) == (
        "Nämnden beslutar\n\n1. att bifalla,\n2. att avslå.\n\nEmellan.\n\n3. att bordlägga.\n"
    )


def test_bullets_are_dashes_and_deeper_items_stand_further_in() -> None:
    body = paragraph("ett", numbering=(4, 0)) + paragraph("två", numbering=(1, 1))
    assert text_of(body, numbering=ONE_LIST) == "- ett\n  1.1 två\n"


@pytest.mark.parametrize(
    ("kind", "text", "start", "label"),
    [
        ("upperRoman", "%1.", 4, "IV."), ("lowerRoman", "%1)", 9, "ix)"), ("upperLetter", "%1", 28, "BB"),
        ("decimalZero", "%1", 7, "07"), ("decimal", "§ %1", 23, "§ 23"), ("decimal", "%1 §", 3, "3 §"), ("cardinalText", "%1", 2, "2"),
        ("decimal", "–", 1, "-"),
    ],
)  # fmt: skip
def test_every_kind_of_number_is_written_as_the_reader_sees_it(kind: str, text: str, start: int, label: str) -> None:
    lists = numbering({1: level(0, text, kind, start)}, {1: (1, "")})
    assert lines_of(paragraph("Ordning", numbering=(1, 0)), numbering=lists) == [f"{label} Ordning"]


def test_a_list_can_belong_to_a_style_and_be_taken_away_by_a_paragraph() -> None:
    styles = style("Att", "Att-sats", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>') + style(
        "Att2", "Att två", based_on="Att"
    )
    lists = numbering(
        {1: level(0, "%1.") + level(1, "%2)", "lowerLetter", inside='<w:pStyle w:val="Att2"/>')}, {1: (1, "")}
    )
    body = (
        paragraph("ett", "Att")
        + paragraph("a", "Att2")
        + paragraph("utan", "Att", numbering=(0, 0))
        + paragraph("två", "Att")
    )
    assert lines_of(body, styles=styles, numbering=lists) == ["1. ett", "  a) a", "utan", "2. två"]


def test_a_list_style_leads_to_the_list_it_stands_for() -> None:
    styles = style("MinLista", "Min lista", '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr>', kind="numbering")
    lists = numbering(
        {1: '<w:numStyleLink w:val="MinLista"/>', 2: level(0, "%1)", "upperLetter")}, {1: (1, ""), 2: (2, "")}
    )
    assert lines_of(paragraph("x", numbering=(1, 0)), styles=styles, numbering=lists) == ["A) x"]


def test_lists_that_point_at_themselves_end() -> None:
    styles = style("A", "A", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>', based_on="B") + style(
        "B", "B", based_on="A"
    )
    lists = numbering({1: '<w:numStyleLink w:val="A"/>'}, {1: (1, "")})
    assert lines_of(paragraph("x", "A", numbering=(1, 0)), styles=styles, numbering=lists) == ["x"]


def test_a_level_can_go_on_counting_and_write_plain_figures() -> None:
    lists = numbering(
        {1: level(0, "%1", "upperRoman") + level(1, "%1.%2", inside='<w:isLgl/><w:lvlRestart w:val="0"/>')},
        {1: (1, "")},
    )
    body = "".join(paragraph("x", numbering=(1, place)) for place in (0, 1, 0, 1))
    assert [line.split()[0] for line in lines_of(body, numbering=lists)] == ["I", "1.1", "II", "2.2"]


def test_levels_that_no_list_has_are_passed_over() -> None:
    strange = '<w:lvlOverride w:ilvl="12"/><w:lvlOverride w:ilvl="1"><w:startOverride w:val="4"/></w:lvlOverride>'
    lists = numbering({1: level(0, "%1.") + level(11, "%1"), 2: ""}, {1: (1, strange), 2: (2, ""), 3: (7, "")})
    body = "".join(paragraph("x", numbering=step) for step in ((1, 0), (1, 1), (1, 11), (2, 0), (3, 0), (9, 0)))
    assert lines_of(body, numbering=lists) == ["1. x", "x", "x", "x", "x", "x"]


def test_the_default_style_holds_for_paragraphs_that_name_none() -> None:
    default = style("Normal", "Normal", "<w:rPr><w:b/></w:rPr>").replace("<w:style ", '<w:style w:default="1" ')
    plain = paragraph("", inside=run("Text under rubriken.", '<w:b w:val="0"/>'))
    assert lines_of(paragraph("Rubrik") + plain, styles=default) == ["### Rubrik", "Text under rubriken."]


def test_a_bold_list_item_is_a_heading_only_when_it_is_short_and_numbered() -> None:
    def item(text: str, place: tuple[int, int]) -> str:
        return paragraph("", numbering=place, inside=run(text, "<w:b/>"))

    assert lines_of(item("Bakgrund", (1, 0)) + paragraph("Text."), numbering=ONE_LIST)[0] == "### 1. Bakgrund"
    assert lines_of(item("Bakgrund", (4, 0)) + paragraph("Text."), numbering=ONE_LIST)[0] == "- Bakgrund"
    point = "Att ge tekniska kontoret i uppdrag att utreda frågan vidare"
    assert lines_of(item(f"{point} i samråd", (1, 0)) + paragraph("Text."), numbering=ONE_LIST)[0].startswith("1. Att")


def test_a_numbered_heading_shows_its_number() -> None:
    styles = HEADINGS + style(
        "R1n", "heading 1 numrerad", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>', based_on="Rubrik1"
    )
    lists = numbering({1: level(0, "%1 §")}, {1: (1, "")})
    body = paragraph("Uppgifter", "R1n") + paragraph("Text.") + paragraph("Ansvar", "R1n")
    assert lines_of(body, styles=styles, numbering=lists) == ["# 1 § Uppgifter", "Text.", "# 2 § Ansvar"]


def test_an_empty_item_counts_as_word_counts_it() -> None:
    body = "".join(paragraph(words, numbering=(1, 0)) for words in ("ett", "", "tre"))
    assert lines_of(body, numbering=ONE_LIST) == ["1. ett", "3. tre"]


# --- tables


def test_a_table_is_one_row_a_line_and_says_where_its_rows_stand() -> None:
    extract = read_docx(word(paragraph("Se:") + table(row("År", "Kostnad"), row("2025", "5 000"), row("2026", ""))))
    assert extract.text == "Se:\n\nÅr | Kostnad\n2025 | 5 000\n2026\n"
    (found,) = extract.tables
    assert [span.of(extract.text) for span in found.rows] == ["År | Kostnad", "2025 | 5 000", "2026"]
    assert found.header


def test_cells_merged_sideways_keep_the_columns_and_merged_downwards_are_said_in_each_row() -> None:
    wide = cell(paragraph("Båda åren"), '<w:gridSpan w:val="2"/>')
    begins = cell(paragraph("Förskola"), '<w:vMerge w:val="restart"/>')
    goes_on = cell(paragraph(), "<w:vMerge/>")
    body = table(row("Enhet", "2025", "2026"), row("Skola", wide), row(begins, "1", "2"), row(goes_on, "3", "4"))
    assert lines_of(body) == ["Enhet | 2025 | 2026", "Skola | Båda åren", "Förskola | 1 | 2", "Förskola | 3 | 4"]


def test_an_empty_cell_keeps_its_place() -> None:
    extract = read_docx(word(table(row("a", "b", "c"), row("", "1", ""), row("x", "", "2"))))
    assert [span.of(extract.text).split(" | ") for span in extract.tables[0].rows] == [
        ["a", "b", "c"],
        ["", "1"],
        ["x", "", "2"],
    ]


def test_a_table_inside_a_cell_is_said_on_the_cell_s_line() -> None:
    inner = cell(table(row("i", "ii"), row("iii", "iv")) + paragraph("efter"))
    assert lines_of(table(row("a", inner), row("b", "c"))) == ["a | i ii iii iv efter", "b | c"]


def test_a_table_of_one_row_is_layout() -> None:
    body = table(row(cell(paragraph("Köpings kommun") + paragraph("Kommunstyrelsen")), "Tjänsteskrivelse"))
    assert text_of(body) == "Köpings kommun\n\nKommunstyrelsen\n\nTjänsteskrivelse\n"


def test_a_table_around_the_whole_text_is_layout() -> None:
    body = table(row(cell(paragraph("Beslut", "Rubrik1") + paragraph("att bifalla"))), row(cell(paragraph("Text."))))
    assert lines_of(body, styles=HEADINGS) == ["# Beslut", "att bifalla", "Text."]


@pytest.mark.parametrize(
    "rows",
    [
        (row("Datum", "Dnr"), row("2024-05-13", "KS 2024/123")),  # labels over values
        (row("Datum", "2024-05-13"), row("Dnr", "KS 2024/123")),  # labels before values
    ],
)
def test_a_letterhead_in_a_table_says_each_value_behind_its_label(rows: tuple[str, ...]) -> None:
    assert text_of(table(*rows)) == "Datum 2024-05-13\nDnr KS 2024/123\n"


def test_labels_beside_other_words_in_a_letterhead_find_their_values_too() -> None:
    body = table(row("Köpings kommun", "Datum", "Dnr"), row("Kommunstyrelsen", "2024-05-13", "KS 2024/123"))
    assert text_of(body) == "Köpings kommun\nDatum 2024-05-13\nDnr KS 2024/123\nKommunstyrelsen\n"
    values = table(row("Enhet", "Datum"), row("Skola", "2024-05-13"), row("Förskola", "2024-05-14"))
    assert lines_of(values) == ["Enhet | Datum", "Skola | 2024-05-13", "Förskola | 2024-05-14"]


def test_a_deleted_row_is_gone() -> None:
    assert lines_of(table(row("a", "b"), row("x", "y", properties="<w:del/>"), row("c", "d"))) == ["a | b", "c | d"]


# --- page headers and footers

PAGE = (
    '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText> PAGE </w:instrText>'
    '<w:fldChar w:fldCharType="separate"/><w:t>1</w:t><w:fldChar w:fldCharType="end"/></w:r>'
)


def section(*references: str, inside: str = "") -> str:
    """Section properties that refer to headers and footers, given as "kind:type:id"."""
    refs = "".join(
        f'<w:{kind}Reference w:type="{page}" r:id="{name}"/>'
        for kind, page, name in (text.split(":") for text in references)
    )
    return f"<w:sectPr>{refs}{inside}</w:sectPr>"


def furniture_of(extract: Extract) -> list[str]:
    return [span.of(extract.text) for span in extract.aside]


def test_headers_and_footers_stand_once_on_top_set_aside() -> None:
    header = paragraph(
        "Köpings kommun", inside=f"<w:r><w:tab/><w:t>Dnr KS 2024/123</w:t><w:tab/><w:t>Sida </w:t></w:r>{PAGE}"
    )
    body = (
        paragraph("Ett.", inside="")
        + f"<w:p><w:pPr>{section('header:default:header1')}</w:pPr></w:p>"
        + paragraph("Två.")
        + section("header:default:header1", "footer:default:footer1")
    )
    extract = read_docx(word(body, headers={"header1": header, "footer1": paragraph("Postadress: 731 85 Köping")}))
    assert extract.text == "Köpings kommun\nDnr KS 2024/123\n\nPostadress: 731 85 Köping\n\nEtt.\n\nTvå.\n"
    assert furniture_of(extract) == ["Köpings kommun\nDnr KS 2024/123", "Postadress: 731 85 Köping"]


def test_labels_in_a_header_stand_with_their_values() -> None:
    header = table(row("Köpings kommun", "Datum", "Dnr"), row("", "2024-05-13", "KS 2024/123")) + table(
        row(cell(paragraph("Handläggare") + paragraph("Anna Ek")), cell(paragraph("Sidan 1 av 3")))
    )
    columns = paragraph("", inside="<w:r><w:tab/><w:t>Version</w:t><w:tab/><w:t>Dokumenttyp</w:t></w:r>") + paragraph(
        "", inside="<w:r><w:tab/><w:t>2</w:t><w:tab/><w:t>Protokoll</w:t></w:r>"
    )
    body = paragraph("Text.") + section("header:default:header1", "footer:default:footer1")
    extract = read_docx(word(body, headers={"header1": header, "footer1": columns}))
    assert furniture_of(extract) == [
        "Köpings kommun\nDatum 2024-05-13\nDnr KS 2024/123\nHandläggare Anna Ek",
        "Version 2\nDokumenttyp Protokoll",
    ]


def test_a_header_that_no_page_shows_is_left_out() -> None:
    body = paragraph("Text.") + section("header:first:header1", "header:even:header2", "header:default:header3")
    headers = {f"header{number}": paragraph(f"Huvud {number} i ord") for number in (1, 2, 3)}
    assert furniture_of(read_docx(word(body, headers=headers))) == ["Huvud 3 i ord"]
    shown = body.replace("</w:sectPr>", "<w:titlePg/></w:sectPr>")
    assert furniture_of(read_docx(word(shown, headers=headers, settings="<w:evenAndOddHeaders/>"))) == [
        "Huvud 1 i ord\nHuvud 3 i ord\nHuvud 2 i ord"
    ]


# --- notes, boxes, fields, controls


def test_notes_stand_at_the_end_in_the_order_they_are_referred_to() -> None:
    def note(kind: str, key: int, text: str) -> str:
        return f'<w:{kind} w:id="{key}"><w:p><w:r><w:{kind}Ref/></w:r>{run(" " + text)}</w:p></w:{kind}>'

    body = paragraph("Kostnad 375 000", inside='<w:r><w:footnoteReference w:id="3"/></w:r>') + paragraph(
        "och mer", inside='<w:r><w:endnoteReference w:id="1"/></w:r><w:r><w:footnoteReference w:id="2"/></w:r>'
    )
    notes = (
        '<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
        + note("footnote", 2, "Två.")
        + note("footnote", 3, "Tre.")
    )
    text = text_of(
        paragraph("Rubrik", "Rubrik1") + body, styles=HEADINGS, footnotes=notes, endnotes=note("endnote", 1, "Slut.")
    )
    assert text == "# Rubrik\n\nKostnad 375 000\n\noch mer\n\n# Fotnoter\n\nTre.\n\nTvå.\n\nSlut.\n"


def test_a_text_box_stands_once_behind_the_paragraph_it_hangs_on() -> None:
    inner = f"<w:r><w:pict><v:textbox><w:txbxContent>{paragraph('Inre.')}</w:txbxContent></v:textbox></w:pict></w:r>"
    box = f"<w:txbxContent>{paragraph('I rutan.')}{paragraph('', inside=inner)}</w:txbxContent>"
    drawing = (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert lines_of(paragraph("Före", inside=drawing) + paragraph("Efter.")) == ["Före", "I rutan.", "Inre.", "Efter."]


def test_the_result_of_a_field_is_kept_and_its_instruction_is_not() -> None:
    def field(instruction: str, result: str) -> str:
        return (
            f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{instruction}</w:instrText></w:r>'
            f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )

    nested = (
        f'<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>IF </w:instrText></w:r>{field("DATE", run("NEJ"))}'
        '<w:r><w:fldChar w:fldCharType="separate"/><w:t>JA</w:t><w:fldChar w:fldCharType="end"/></w:r>'
    )
    simple = '<w:fldSimple w:instr="TITLE"><w:r><w:t> titeln</w:t></w:r></w:fldSimple>'
    assert lines_of(paragraph("Den ", inside=field("DATE", run("13 maj ")) + nested + simple)) == [
        "Den 13 maj JA titeln"
    ]


def test_a_field_that_is_never_closed_hides_only_its_own_paragraph() -> None:
    broken = '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText></w:r>'
    assert lines_of(paragraph("Före", inside=broken) + paragraph("Efter.")) == ["Före", "Efter."]


def test_the_table_of_contents_is_left_out() -> None:
    gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    body = (
        f"<w:sdt>{gallery}<w:sdtContent>{paragraph('Innehåll')}{paragraph('Bakgrund 3')}</w:sdtContent></w:sdt>"
        + paragraph("Ekonomi 4", "Innehll1")
        + paragraph("Ekonomi", "Rubrik1")
    )
    assert lines_of(body, styles=HEADINGS) == ["# Ekonomi"]


def test_a_form_that_is_filled_in_is_read_and_an_empty_one_isn_t() -> None:
    def control(text: str, empty: bool) -> str:
        placeholder = "<w:showingPlcHdr/>" if empty else ""
        return f"<w:sdt><w:sdtPr>{placeholder}</w:sdtPr><w:sdtContent>{run(text)}</w:sdtContent></w:sdt>"

    body = paragraph("Handläggare: ", inside=control("Anna Ek", False)) + paragraph(
        "Datum: ", inside=control("Klicka här", True)
    )
    assert lines_of(body) == ["Handläggare: Anna Ek", "Datum:"]


def test_hidden_and_struck_words_are_left_out() -> None:
    body = f"<w:p>{run('Avgiften är ')}{run('500', '<w:strike/>')}{run('600', '')}{run(' dold', '<w:vanish/>')} </w:p>"
    assert lines_of(body) == ["Avgiften är 600"]


def test_words_of_equations_symbols_and_links_are_kept() -> None:
    inside = (
        '<w:hyperlink r:id="x"><w:r><w:t>länken</w:t></w:r></w:hyperlink><m:oMath><m:r><m:t> a+b</m:t></m:r></m:oMath>'
        '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:font="x" w:char="zz"/></w:r>'
    )
    assert lines_of(paragraph("Se ", inside=inside)) == ["Se länken a+b☒"]


# --- tracked changes and comments


def test_changes_read_as_if_accepted_and_comments_are_left_out() -> None:
    inside = (
        f'<w:ins w:id="1">{run("nya ")}</w:ins><w:del w:id="2"><w:r><w:delText>gamla </w:delText></w:r></w:del>'
        f'<w:moveFrom w:id="3">{run("flyttade ")}</w:moveFrom><w:moveTo w:id="4">{run("hitflyttade ")}</w:moveTo>'
        '<w:commentRangeStart w:id="5"/><w:r><w:t>ord.</w:t></w:r><w:commentRangeEnd w:id="5"/><w:r><w:commentReference w:id="5"/></w:r>'
    )
    comments = f'<w:comment w:id="5">{paragraph("Stämmer detta?")}</w:comment>'
    assert lines_of(paragraph("De ", inside=inside), comments=comments) == ["De nya hitflyttade ord."]


def test_a_paragraph_whose_end_is_deleted_runs_on_into_the_next() -> None:
    deleted = f"<w:p><w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr>{run('Första delen ')}</w:p>"
    assert lines_of(deleted + paragraph("andra delen.")) == ["Första delen andra delen."]
    assert lines_of(deleted + table(row("a", "b"), row("c", "d"))) == ["Första delen", "a | b", "c | d"]
    assert lines_of(deleted) == ["Första delen"]


def test_a_deleted_list_item_isn_t_counted() -> None:
    deleted = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>'
        '<w:del w:id="2"><w:r><w:delText>bort</w:delText></w:r></w:del></w:p>'
    )
    body = paragraph("ett", numbering=(1, 0)) + deleted + paragraph("två", numbering=(1, 0))
    assert lines_of(body, numbering=ONE_LIST) == ["1. ett", "2. två"]


def test_inserted_and_wrapped_paragraphs_rows_and_runs_are_read() -> None:
    wrapped = f"<w:sdt><w:sdtContent>{paragraph('I kontroll.')}</w:sdtContent></w:sdt>"
    inserted = f"<w:ins>{paragraph('Infogat.')}</w:ins>"
    newer = f"<mc:AlternateContent><mc:Choice>{paragraph('Nyare.')}</mc:Choice><mc:Fallback>{paragraph('Äldre.')}</mc:Fallback></mc:AlternateContent>"
    runs = f"<mc:AlternateContent><mc:Fallback>{run('Reserv.')}</mc:Fallback></mc:AlternateContent>"
    rows = table(row("a", "b"), f"<w:sdt><w:sdtContent>{row('c', 'd')}</w:sdtContent></w:sdt>")
    assert lines_of(wrapped + inserted + newer + paragraph("", inside=runs) + rows) == [
        "I kontroll.", "Infogat.", "Nyare.", "Reserv.", "a | b", "c | d",
    ]  # fmt: skip


# --- variants and what is embedded


def test_the_strict_variant_reads_the_same() -> None:
    usual = word(paragraph("Bakgrund", "Rubrik1") + paragraph("Text."), styles=HEADINGS)
    assert read_docx(_strict(usual)).text == read_docx(usual).text == "# Bakgrund\n\nText.\n"


def _strict(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return archive(
            {
                name: file.read(name)
                .replace(
                    b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                    b"http://purl.oclc.org/ooxml/wordprocessingml/main",
                )
                .replace(
                    b"http://schemas.openxmlformats.org/officeDocument/2006",
                    b"http://purl.oclc.org/ooxml/officeDocument",
                )
                for name in file.namelist()
            }
        )


def test_a_web_page_put_inside_is_read_and_another_document_is_reported() -> None:
    page = "<html><body><h2>Bilaga</h2><ol><li>ett</ol></body></html>"
    extract = read_docx(
        word(
            paragraph("Före.") + '<w:altChunk r:id="a.html"/><w:altChunk r:id="b.docx"/>',
            extra={"word/a.html": page, "word/b.docx": "PK"},
        )
    )
    assert extract.text == "Före.\n\n## Bilaga\n\n1. ett\n"
    assert [note.reason for note in extract.notes] == ["another document inside it (b.docx) is not read"]


def test_text_is_stored_in_composed_form() -> None:
    assert text_of(paragraph("Ko\u0308ping")) == "Köping\n"


# --- what is no Word file


def test_what_else_stands_under_the_name_is_said() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
    for content, reason in (
        (ole + "EncryptedPackage".encode("utf-16-le"), "encrypted with a password"),
        (ole + "WordDocument".encode("utf-16-le"), "old Word file"),
        (b"%PDF-1.7", "is a PDF"),
        (b"{\\rtf1 hej}", "Rich Text"),
        (b"<!DOCTYPE html><html>", "web page"),
        (b"hej", "is none"),
        (b"<?xml version='1.0'?><a/>", "XML file"),
        (archive({"xl/workbook.xml": "<x/>"}), "Excel workbook"),
        (archive({"mimetype": "application/vnd.oasis.opendocument.text"}, 0), "OpenDocument text"),
    ):
        with pytest.raises(UnreadableError, match=reason) as caught:
            read_docx(content)
        assert caught.value.remedy


def test_a_word_file_that_lost_a_part_says_which() -> None:
    with pytest.raises(ValueError, match=r"word/document\.xml is missing"):
        read_docx(archive({"[Content_Types].xml": "<x/>"}))
    whole = word(paragraph("Text.") + '<w:altChunk r:id="none"/>')
    assert read_docx(whole).text == "Text.\n"
    with pytest.raises(ValueError, match="holds no document"):
        read_docx(archive({"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"}))
