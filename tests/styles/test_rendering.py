"""Works are rendered as if alone, however many go together; a list of references is rendered together."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from filiera.errors import StyleError
from filiera.styles import catalogue, pandoc, rendering
from filiera.styles.inlines import html
from filiera.styles.markup import convert
from filiera.styles.rendering import Rendered, reference_list, render
from filiera.styles.single import single
from filiera.styles.stylesheet import tree

Item = dict[str, Any]

#: Styles that tell works apart, number them, put dashes for names, or look back in notes.
LOOKING_AROUND = (
    "apa",
    "chicago-author-date",
    "chicago-notes-bibliography",
    "chicago-notes-bibliography-subsequent-ibid",
    "chicago-notes-bibliography-subsequent-author",
    "harvard-cite-them-right",
    "modern-language-association",
    "nlm-citation-sequence",
    "ieee",
    "bibtex",
    "din-1505-2-alphanumeric",
    "american-anthropological-association",
    "the-journal-of-hellenic-studies",
)


@pytest.mark.parametrize("name", LOOKING_AROUND)
def test_many_works_give_what_each_gives_alone(name: str, items: list[Item]) -> None:
    """No year gets a letter, no name is added, no note says ibid., no number is above 1, whatever goes together."""
    style = catalogue.find(name)
    locators = ["p. 3", "", "p. 4", "sec. 2", "p. 5"]
    alone = [render([item], style, [locator])[0] for item, locator in zip(items, locators, strict=True)]

    assert render(items, style, locators) == alone
    assert render([*items, *items], style, [*locators, *locators]) == [*alone, *alone]


def by_the_style_as_it_is(item: Item, name: str, page: str, folder: Path) -> tuple[str, str]:
    """Return what Pandoc makes of one citation, and of the reference, with the style's own file and nothing of ours."""
    locator = f", {{{page}}}" if page else ""
    (folder / "works.json").write_text(json.dumps([item]), encoding="utf-8")
    (folder / "style.csl").write_bytes(catalogue.find(name).source)
    command = [
        str(pandoc.find().path),
        "--from=markdown",
        "--to=json",
        "--citeproc",
        "--bibliography=works.json",
        "--csl=style.csl",
    ]
    given = f"---\nlang: {catalogue.find(name).locale or 'en-US'}\n---\n\n[@{item['id']}{locator}]\n"
    done = subprocess.run(command, cwd=folder, input=given, capture_output=True, encoding="utf-8", check=True)
    blocks = json.loads(done.stdout)["blocks"]
    cited = blocks[0]["c"][0]["c"][1]
    inside = cited[0]["c"][0]["c"] if cited[0]["t"] == "Note" else cited
    entries = [block for block in blocks[1:] if block["t"] == "Div"]
    return html(inside), html(_words(entries[0]["c"][1][0]["c"][1])) if entries and entries[0]["c"][1] else ""


def _words(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    nested = (_words(block["c"][1]) if block["t"] == "Div" else [*block["c"], {"t": "Space"}] for block in blocks)
    return [inline for inlines in nested for inline in inlines]


@pytest.mark.parametrize("page", ["", "3"])
@pytest.mark.parametrize(
    "name",
    [
        *catalogue.COMMON[:4],
        "american-chemical-society",
        "bibtex",
        "cambridge-journal-of-economics",
        "chicago-notes-bibliography",
        "din-1505-2",
        "elsevier-harvard",
        "ieee",
        "nature",
        "oxford-guide-to-style-notes",
        "springer-vancouver",
        "the-journal-of-hellenic-studies",
        "universitat-zu-koln-seminar-fur-abwl-und-finanzierungslehre",
    ],
)
def test_one_work_is_what_the_style_itself_gives(name: str, page: str, items: list[Item], tmp_path: Path) -> None:
    """Taking out what looks around changes nothing for a work that has nothing around it."""
    rendered = render(items[:1], catalogue.find(name), [page])[0]

    assert rendered.in_text
    assert (rendered.in_text, rendered.reference) == by_the_style_as_it_is(items[0], name, page, tmp_path)


def test_batches_of_processes_change_nothing(items: list[Item], monkeypatch: pytest.MonkeyPatch) -> None:
    """Works that go to several processes come back in the order in which they were given."""
    style = catalogue.find("apa")
    together = render(items, style)
    monkeypatch.setattr(rendering, "BATCH", 2)

    assert render(items, style) == together
    assert [rendered.key for rendered in together] == [item["id"] for item in items]


def test_the_forms_are_those_of_the_manual(items: list[Item]) -> None:
    """In text, in a sentence and as a reference, as APA 7 has them (sections 8.10, 8.11, 8.17, 9.4)."""
    journal = "<i>Journal of Invented Results</i>"

    assert render([items[0], items[3]], catalogue.find("apa"), ["pp. 3-4", "table 2"]) == [
        Rendered(
            "rossi-2000a",
            "(Rossi, 2000, pp. 3–4)",
            "Rossi (2000, pp. 3–4)",
            f"Rossi, A. (2000). Small firms. {journal}.",
        ),
        Rendered(
            "rossi-bianchi-2000",
            "(Rossi et al., 2000, Table 2)",
            "Rossi et al. (2000, Table 2)",
            f"Rossi, A., Bianchi, C., Rossi, U., &amp; Verdi, P. (2000). All firms. {journal}.",
        ),
    ]


def test_a_style_of_notes_gives_the_note_and_the_name_before_it(items: list[Item]) -> None:
    """The form in the text is the note; in a sentence there is the name."""
    rendered = render(items[:1], catalogue.find("chicago-notes-bibliography"), ["3"])[0]

    assert rendered.in_text == "Anna Rossi, “Small Firms,” <i>Journal of Invented Results</i>, 2000, 3."
    assert rendered.narrative.startswith("Anna Rossi")
    assert rendered.reference == "Rossi, Anna. “Small Firms.” <i>Journal of Invented Results</i>, 2000."


@pytest.mark.parametrize(
    ("locator", "expected"),
    [
        ("p. 23", "p. 23"),
        ("pp. 23-25", "pp. 23–25"),
        ("sec. 6", "sez. 6"),
        ("chap. 2", "cap. 2"),
        ("table 3", "tab. 3"),
        ("app. B", "app. B"),
        ("v", "p. v"),
        ("Box 2", "Box 2"),
        ("sec. Introduzione", "sez. Introduzione"),
    ],
)
def test_a_place_is_labelled_in_the_language_of_the_text(locator: str, expected: str, items: list[Item]) -> None:
    """The labels are the terms of the locale, also those that Pandoc does not read in citations, such as tables."""
    style = catalogue.find("harvard-cite-them-right")

    assert render(items[:1], style, [locator], "it-IT")[0].in_text == f"(Rossi, 2000, {expected})"


def test_works_of_different_places_go_together(items: list[Item]) -> None:
    """Pages, sections and tables can be asked for in one call, and come back in order."""
    places = ["p. 1", "table 3", "", "sec. 6", "tables 3-4"]
    inside = [rendered.in_text for rendered in render([items[0]] * 5, catalogue.find("chicago"), places)]

    assert inside == [
        "(Rossi 2000, 1)",
        "(Rossi 2000, tbl. 3)",
        "(Rossi 2000)",
        "(Rossi 2000, sec. 6)",
        "(Rossi 2000, tbls. 3–4)",
    ]


def test_a_list_tells_its_works_apart(items: list[Item]) -> None:
    """A list of references is sorted and has 2000a and 2000b, as the style asks for."""
    listed = reference_list(items[:3], catalogue.find("apa"))

    assert [(key, convert(html, "text").partition(").")[0]) for key, html in listed] == [
        ("rossi-2000b", "Rossi, A. (2000a"),
        ("rossi-2000a", "Rossi, A. (2000b"),
        ("rossi-u-2000", "Rossi, U. (2000"),
    ]


def test_a_list_is_numbered_in_the_order_of_its_works(items: list[Item]) -> None:
    """A style that numbers counts from 1."""
    listed = reference_list([items[2], items[0]], catalogue.find("ieee"))

    assert [(key, html[:10]) for key, html in listed] == [("rossi-u-2000", "[1] U. Ros"), ("rossi-2000a", "[2] A. Ros")]


def test_no_work_is_nothing() -> None:
    """Nothing to render is no complaint."""
    assert render([], catalogue.find("apa")) == []
    assert reference_list([], catalogue.find("apa")) == []


def test_a_title_is_text(items: list[Item]) -> None:
    """What looks like a tag in a title is characters; CSL's own tags, and no other, are fonts."""
    title = "A <script>alert(1)</script> & <i>chaîne</i> <b>x</b> 10<sup>2</sup> *_$x$ {y} <img src=x onerror=y>"
    rendered = render([items[0] | {"title": title}], catalogue.find("harvard"))[0]

    assert (
        "A &lt;script&gt;alert(1)&lt;/script&gt; &amp; <i>chaîne</i> <b>x</b> 10<sup>2</sup> *_$x$ {y} "
        "&lt;img src=x onerror=y&gt;"
    ) in rendered.reference


def test_italics_within_italics_are_upright() -> None:
    """A book's title in italics takes the italics of a word in it back."""
    book = {"id": "x", "type": "book", "title": "The <i>filiera</i> of gold"}

    assert render([book], catalogue.find("apa"))[0].reference == "<i>The </i>filiera<i> of gold</i>. (n.d.)."


def test_an_address_that_is_not_of_the_web_is_no_link(items: list[Item]) -> None:
    """A link leads to http or https."""
    rendered = render([items[0] | {"URL": "javascript:alert(1)"}], catalogue.find("apa"))[0]

    assert (
        "href" not in convert(rendered.reference, "html") or "javascript:" not in rendered.reference.partition(">")[0]
    )


@pytest.mark.parametrize(
    ("item", "complaint"),
    [
        ({"id": "x", "type": "book", "title": {"not": "text"}}, "pandoc says: Error reading bibliography file"),
        ({"id": "x", "type": "book", "author": [{"literal": 5}]}, "pandoc says: Error reading bibliography file"),
    ],
)
def test_an_item_that_is_none_is_a_complaint(item: Item, complaint: str) -> None:
    """What Pandoc cannot read is said in its words."""
    with pytest.raises(StyleError, match=complaint):
        render([item], catalogue.find("apa"))


@pytest.mark.parametrize("locale", ["xx", "it; rm", "gl"])
def test_a_locale_that_is_not_known_is_a_complaint(locale: str, items: list[Item]) -> None:
    """Pandoc would take English terms in silence."""
    with pytest.raises(StyleError, match=f"no locale is called '{locale}'"):
        render(items, catalogue.find("apa"), locale=locale)


def test_every_language_has_terms_of_its_own() -> None:
    """A language that is offered is not English under another name."""
    dates = {"issued": {"date-parts": [[2000, 1]]}, "accessed": {"date-parts": [[2001, 5, 3]]}}
    work = {"id": "x", "type": "webpage", "title": "X", "URL": "https://example.org"} | dates
    style = catalogue.find("ieee")
    english = render([work], style, ["sec. 3"], "en-US")

    assert [code for code in rendering.LANGUAGES if render([work], style, ["sec. 3"], code) == english] == ["en"]


@pytest.mark.parametrize("name", [*catalogue.COMMON, "chicago-notes-bibliography", "bibtex"])
def test_nothing_in_a_style_for_single_works_looks_around(name: str) -> None:
    """No condition on the position or on likeness is left, nothing is sorted, and no number is asked for."""
    root = tree(name, single(catalogue.find(name)))
    conditions = {attribute for e in root.iter() if e.tag in {"if", "else-if"} for attribute in e.attrib}
    asked = {e.get("variable") for e in root.iter("text")} | {e.get("variable") for e in root.iter("number")}
    called = {e.get("macro") for e in root.iter("text")} - {None}

    assert conditions & {"position", "disambiguate"} == set()
    assert "citation-number" not in asked
    assert [e.tag for e in root.iter("sort")] == []
    assert called == {e.get("name") for e in root.iter("macro")}
