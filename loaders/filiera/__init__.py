"""A plain-text knowledge base of what the literature says, from records to answers.

The modules follow the way of a record; each imports only from those before it:

    schema, reader → records → checks → sqlite, rdf → descriptions → bibliography → styles → search → citations
    → building → questions, coverage, proofreading → comparisons, pictures, assistant, editor → site → publishing → cli

`schema` reads what a record may say, `reader` reads strict YAML with positions, `records` joins the two. `documents`
and `passages` look up the places that records point to. `checks` holds one module for each kind of check.
`bibliography` gives works to other programs and takes them from them. `styles` renders works in citation styles.
`citations` finds the work or the claim that a writer means. `descriptions` say what the base is as a whole.
`building` writes SQLite and RDF, all of it or nothing; `changes` tells it what it may take over from the last build.
`sparql` answers queries in processes of their own. `comparisons` sets records side by side. `pictures` draws maps,
plots, timelines and graphs. `assistant` answers language models, `editor` those who write, and `proofreading` holds
what they wrote against the base. `site` shows it all, `publishing` writes the site as files.
`errors`, `paths`, `report`, `sarif` and `folding` are used by all.
"""
