"""Read a manuscript and say where it cites wrongly, before a reviewer does.

A manuscript goes this way; each module imports only from those before it:

    vocabulary, places → prose → manuscripts → locators → blocks, markdown, latex, docx, authoryear → reading
    outside → resolution, works
    words, gazetteer → statements → claims; quantities, observations
    outcomes → rules → proofreader → sarif, report

`reading` finds citations and sentences with their places. `resolution` says which works they mean. `claims` and
`observations` hold sentences and numbers against the base. A rule is a function in `rules`; a format of manuscripts is
a function in `reading`; `vocabulary.txt` and `lexicon.txt` hold the words that all of it knows.
"""
