"""Each rule on citations: what it says, where, and what it leaves in peace."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from filiera.engines import connect
from filiera.errors import FilieraError
from filiera.paths import Project
from filiera.proofreading import reading
from filiera.proofreading.outcomes import Finding, Proof
from filiera.proofreading.outside import Outside, outside
from filiera.proofreading.proofreader import Proofreader
from filiera.proofreading.rules import RULES

#: Rules on what sentences state, which have tests of their own.
ON_SENTENCES = {"contrary-statement", "mine", "unused-evidence", "number-differs"}


def _proof(reader: Proofreader, text: str, known: Outside = Outside(), file: str = "x.md") -> Proof:  # noqa: B008  frozen
    proof = Proof()
    part = reading.parse(file, text)
    whole = Outside(known.keys | part.defined, known.names)
    reader.proofread([part], whole, proof)
    return proof


def _found(reader: Proofreader, text: str, known: Outside = Outside(), file: str = "x.md") -> list[Finding]:  # noqa: B008
    return [one for one in _proof(reader, text, known, file).findings if one.check not in ON_SENTENCES]


@pytest.mark.kb
@pytest.mark.parametrize(
    ("text", "rule", "place", "said"),
    [
        ("See [@gagio-2006].", "unknown-key", "@gagio-2006", "did you mean 'gaggio-2006'?"),
        ("See @{gagio-2006}.", "unknown-key", "@{gagio-2006}", "no work has the key 'gagio-2006'"),
        ("So @dellapiana-2019 says.", "unknown-key", "@dellapiana-2019", "list it in a bibliography"),
        ("See [@dlg14-6-table-7-sums-up-the-heterogeneity].", "unknown-key", "@dlg14", "is the key of a claim"),
        ("(Bair 2009)", "ambiguous", "Bair 2009", "can mean 2 works: bair-2009, bair-2009-frontiers"),
        ("Giuliani et al. (2005) say", "ambiguous", "Giuliani et al. (2005", "giuliani-rabellotti-vandijk-2005"),
        ("(Gagio, 2006)", "misspelt-name", "Gagio, 2006", "did you mean gaggio-2006 (Gaggio 2006)?"),
        ("Piore and Sable (1984) say", "misspelt-name", "Piore and Sable (1984", "did you mean piore-sabel-1984"),
        ("(Humphry and Schmits 2002)", "misspelt-name", "Humphry and Schmits 2002", "humphrey-schmitz-2002"),
        ("Gaggio (2005) says", "wrong-year", "Gaggio (2005", "there is gaggio-2006 (Gaggio 2006)"),
        (
            "Upgrading\n=========\n\nHumphrey and Schmits (2002) say",
            "misspelt-name",
            "Humphrey and",
            "as in 'Humphrey and",
        ),
        ("It is in Spain, and Gaggio (2005) says", "wrong-year", "Spain, and Gaggio (2005", "there is gaggio-2006"),
        ("(Rabellotti et al. 2008)", "wrong-year", "Rabellotti et al. 2008", "rabellotti-carabelli-hirsch-2009"),
        ("(Marchetti and Rossi, 2011)", "no-such-work", "Marchetti and Rossi, 2011", "list the work in a bibliography"),
        ("as Gaggio et al. (2006) show", "no-such-work", "Gaggio et al. (2006", "the nearest is gaggio-2006"),
        ("[@gaggio-2006, p. 99]", "page-outside", "p. 99", "gaggio-2006 has pages 19-58"),
        ("(Gaggio 2006: 17-20)", "page-outside", "17-20", "is outside Gaggio 2006"),
        ("@gaggio-2007 [p. xx]", "page-outside", "p. xx", "its Roman numbers go up to 16"),
        ("[@gaggio-2007, pp. 350-353]", "page-outside", "pp. 350-353", "gaggio-2007 has pages 1-352"),
        ("[@de-marchi-lee-gereffi-2014, sec. 5.4]", "page-outside", "sec. 5.4", "has no section '5.4'"),
        ("[@gereffi-lee-2008]", "uncertain-work", "@gereffi-lee-2008", "it is not known which work this is"),
    ],
)
def test_a_fault_is_named_at_its_place(text: str, rule: str, place: str, said: str, reader: Proofreader) -> None:
    """One fault gives one finding: its rule, its very place, and what to do."""
    (found,) = _found(reader, text)

    assert found.check == rule
    assert text[found.start :].startswith(place)
    line = text[: text.index(place)].count("\n") + 1
    assert (found.line, found.column) == (line, text.index(place) - text.rfind("\n", 0, text.index(place)))
    assert said in f"{found.message} ({found.hint})"


@pytest.mark.kb
@pytest.mark.parametrize(
    "text",
    [
        "[@gaggio-2006, p. 23] and @gaggio-2007 [pp. xvi, 352]",
        "Humphrey & Schmitz (2002: 1019-27), Schmitz and Humphrey (2002), and Hervas-Oliver et al. (2008)",
        "In Vicenza Gaggio (2006) and, however, Intesa San Paolo say so (Rabellotti et al., 2009, p. 29).",
        "the crisis (2008), Vicenza (2010), the Vicenza Fair (2009), Uno-a-Erre (1926) and Expo 2015",
        "(Table 3, 2006), (May 2006), (2001-2010), (Vicenza, 2006), (Bulgari 2003)",
        "@vicenzaoro tweets to @someone, and mails to gaggio-2005@example.org",
        "@fig:map and @tbl:one and @sec-2 are figures; `@nokey`, <!-- [@nokey] -->, $@nokey$ are none",
        "[@de-marchi-lee-gereffi-2014, sec. 5] and [@de-marchi-lee-gereffi-2014, sec. 5.1; @gaggio-2006, chap. 9]",
        "(see e.g. Krugman 1991a, and for a review Bobbio 2000)",
        "Alberti (2006) is of silk; Belso-Martínez (2008) adds Spain, and Hervás-Oliver et al. (2008) add ceramics.",
        "Lehman Brothers (2008) fell; Beijing (2008) hosted the games; the Treaty of Rome (1957) is older.",
    ],
)
def test_what_is_sound_or_no_citation_is_left_in_peace(text: str, reader: Proofreader) -> None:
    """Right citations in any dress, and what only looks like one, give no finding but notes."""
    assert [str(one) for one in _found(reader, text) if one.level != "note"] == []


@pytest.mark.kb
def test_the_same_holds_in_latex(reader: Proofreader) -> None:
    """Keys, notes and author-year texts of LaTeX are held against the same rules."""
    text = "\\textcite[p.~99]{gaggio-2006} and \\citep{gagio-2006}, (Gagio, 2006) % \\cite{nothing}\n"
    found = [(one.check, text[one.start : one.start + one.length]) for one in _found(reader, text, file="x.tex")]

    assert found == [("page-outside", "p.~99"), ("unknown-key", "gagio-2006"), ("misspelt-name", "Gagio, 2006")]


@pytest.mark.kb
@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ("[@gagio-2006]", "@gaggio-2006"),
        ("@{gagio-2006} says", "@{gaggio-2006}"),
        ("(Gagio, 2006)", "Gaggio, 2006"),
        ("Piore and Sable’s (1984) book", "Piore and Sabel’s (1984"),
        ("Humphrey and Schmitz (2003) say", "Humphrey and Schmitz (2002"),
    ],
)
def test_a_correction_is_offered(text: str, fixed: str, reader: Proofreader) -> None:
    """Where it is plain what is meant, the finding says what to write in its place."""
    (found,) = _found(reader, text)

    assert found.fix == fixed


def test_an_old_key_leads_to_the_new_one(built: Project) -> None:
    """A key that a work had before is named with the present one."""
    connection = connect(built.database)
    (found,) = _found(Proofreader(connection), "[@register-2010]")
    connection.close()

    assert (found.check, found.level, found.fix) == ("renamed-key", "warning", "@harbour-register-2010")


@pytest.mark.kb
def test_works_outside_the_base_are_quiet_when_they_are_listed(reader: Proofreader, tmp_path: Path) -> None:
    """A bibliography, a list of references or a header makes a work known; what is still unknown is reported."""
    bib = tmp_path / "a.bib"
    bib.write_text(
        '@book{porter-1990, author = {Porter, Michael {E.}}, year = 1990}\n@string{x="y"}\n', encoding="utf-8"
    )
    csl = tmp_path / "b.json"
    item = {"id": "m-2011", "author": [{"family": "Marchetti"}], "issued": {"date-parts": [[2011]]}}
    csl.write_text(json.dumps([item]), encoding="utf-8")
    text = "[@porter-1990], (Porter, 1990), [@m-2011], Marchetti (2011) says, (Smith, 2018), (Smith, 2019)"
    listed = f"---\nreferences:\n- id: own\n---\n\n[@own] {text}\n\n# References\n\nSmith, J. (2018). A book.\n"
    part = reading.parse("x.md", listed)
    found = _found(reader, listed, outside([bib, csl], part.listed))

    assert [(one.check, listed[one.start : one.start + one.length]) for one in found] == [
        ("no-such-work", "Smith, 2019")
    ]


@pytest.mark.kb
def test_a_list_of_references_settles_what_could_be_several(reader: Proofreader) -> None:
    """With one such entry in the manuscript's own list, the text is not ambiguous."""
    text = "Bair (2009) says so.\n\n# References\n\nBair, J. (2009) 'Global commodity chains'.\n"
    known = outside([], reading.parse("x.md", text).listed)

    assert _found(reader, text, known) == []


def test_a_bibliography_that_is_none_is_said(tmp_path: Path) -> None:
    """A missing file and a broken one each have a message."""
    broken = tmp_path / "b.json"
    broken.write_text("{", encoding="utf-8")

    with pytest.raises(FilieraError, match="is no list of works in CSL-JSON"):
        outside([broken])
    with pytest.raises(FilieraError, match="there is no bibliography at"):
        outside([tmp_path / "none.bib"])
    ris = tmp_path / "c.ris"
    ris.write_text("TY  - BOOK\nER  - \n", encoding="utf-8")
    with pytest.raises(FilieraError, match="has no entry of BibTeX; name a"):
        outside([ris])


def test_a_bibliography_may_be_empty_or_old(tmp_path: Path) -> None:
    """An empty file, one with macros only, and one in Latin-1 are read."""
    for name, content in {
        "a": b"",
        "b": b'@string{x="y"}',
        "c": "@book{però, author={Però}, year=1999}".encode("cp1252"),
    }.items():
        (tmp_path / f"{name}.bib").write_bytes(content)

    assert outside([tmp_path / f"{name}.bib" for name in "abc"]).keys == {"però"}


@pytest.mark.kb
def test_every_check_is_counted(reader: Proofreader) -> None:
    """Made, failed and not run are told apart for each rule; what does not apply is not counted."""
    proof = _proof(reader, "[@gaggio-2006, p. 99], [@bobbio-2000, p. 3] and [@nothing-2000].")
    lines = {line.check: (line.made, line.failed, line.not_run) for line in proof.lines()}

    assert lines["unknown-key"] == (3, 1, 0)
    assert lines["page-outside"] == (1, 1, 1)
    assert "misspelt-name" not in lines
    assert proof.sentence().startswith("3 citations and 1 sentence in 1 file; ")


def test_every_rule_says_what_it_asks_for() -> None:
    """Names are unique, levels are those of SARIF, and each rule has a description and one function."""
    assert len({rule.name for rule in RULES}) == len(RULES) == 12
    assert {rule.level for rule in RULES} == {"error", "warning", "note"}
    assert all(rule.description and bool(rule.of_citation) != bool(rule.of_sentence) for rule in RULES)
