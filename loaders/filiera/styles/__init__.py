"""Render works in any style of the Citation Style Language: in the text, in a sentence, and as a reference.

The modules follow the way of a citation:

    stylesheet → catalogue → single ┐
                          locators  ├→ rendering → stored
                 pandoc → inlines   ┘      markup

`stylesheet` reads a style, `catalogue` finds one by name, `single` prepares it for works that stand alone. `pandoc`
runs the citation processor and `inlines` reads its answer. `rendering` puts them together; `markup` turns its small
HTML into what a manuscript needs, with `writers`; `stored` keeps the common styles in the database.

The styles in `csl/` are those of the CSL project (https://citationstyles.org), under the licence in `csl/NOTICE.md`.
"""
