"""Pictures of the records: a map, plots of numbers, a timeline, and graphs of claims and citations.

What a picture shows is looked up in the database as frozen values, each with a sentence that tells it and the table
behind it; how it looks is drawn from those values as SVG, on the server, so that it needs no script:

    atlas → maps                            where districts and places are
    observations → numbers → charts, bars   observations over time, or side by side
    times → timelines                       shocks, cases, firms, and the periods that claims speak of
    walks → links → graphs                  how claims relate, and which works cite which

`records` and `dates` are used by what looks up, `svg`, `styles`, `scales`, `marks` and `shapes` by what draws. To
add a picture, write such a pair, and give its page in `filiera.site`.
"""
