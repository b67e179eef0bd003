"""Find the work or the claim that a writer means, and cite it.

A writer gives a key, an identifier, an author and a year in any dress, a title, or words. A work that is not certain is
cited with a warning, and a text that could mean several works is answered with the choice, never settled in silence.

    identifiers, names → reading → index → fit ┐
                                       titles  ├→ lookup ┐
                                       words  ─┘         ├→ finding → writing → formats
                                       works → claims  ──┘

`reading` takes a citation apart, `fit` holds it against a work, `lookup` finds the works of one citation or of many
in a row. `words` finds claims. `index` writes the tables that all of them read. `styled` has works in a style, and
`formats` writes what was found as a manuscript needs it, with `latex`.
"""

from filiera.citations.claims import Claim, Relation, claim
from filiera.citations.finding import Found, cite
from filiera.citations.index import index
from filiera.citations.lookup import Lookup, Match, Reason
from filiera.citations.works import Work, work
from filiera.citations.writing import as_json, as_text

__all__ = [
    "Claim",
    "Found",
    "Lookup",
    "Match",
    "Reason",
    "Relation",
    "Work",
    "as_json",
    "as_text",
    "cite",
    "claim",
    "index",
    "work",
]
