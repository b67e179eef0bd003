"""The pages: each a module with a function from a visit to a reply, and a template of the module's name.

To add a page, write `pages/NAME.py` and `markup/NAME.html`, and list its path here. Paths are tried in this order.
A template extends `base.html` and fills its blocks; `link(key)` in it gives a link to a record with its title.
"""

from __future__ import annotations

from filiera.site.pages import (
    ask,
    cite,
    comparison,
    dumps,
    graph,
    home,
    kind,
    llms,
    map,  # noqa: A004  a page is named for its path
    missing,
    plots,
    record,
    search,
    timeline,
    vocabulary,
)
from filiera.site.visits import Page

PAGES: tuple[Page, ...] = (
    Page("/", home.answer),
    Page("/search", search.answer),
    Page("/cite", cite.answer),
    Page("/ask", ask.listing),
    Page(r"/ask/(?P<name>[^/.]+)\.(?P<form>csv|json|md|tex)", ask.answer),
    Page("/ask/(?P<name>[^/.]+)", ask.answer),
    Page("/schema", vocabulary.answer),
    Page(r"/schema/context\.jsonld", vocabulary.context),
    Page("/map", map.answer),
    Page(r"/map\.(?P<form>svg|csv)", map.file),
    Page(r"/map/(?P<key>[^/]+)\.(?P<form>svg|csv)", map.small),
    Page("/plots", plots.answer),
    Page(r"/plots/(?P<indicator>[^/]+)\.(?P<form>svg|csv)", plots.file),
    Page(r"/plots/(?P<indicator>[^/]+)/(?P<subject>[^/]+)\.(?P<form>svg|csv)", plots.file),
    Page("/timeline", timeline.answer),
    Page(r"/timeline\.(?P<form>svg|csv)", timeline.file),
    Page(r"/graph/(?P<key>[^/]+)\.(?P<form>svg|csv|json)", graph.file),
    Page("/graph/(?P<key>[^/]+)", graph.answer),
    Page("/compare", comparison.listing),
    Page("/compare/(?P<name>[^/]+)", comparison.answer),
    Page(r"/(?P<name>filiera\.(?:nq|ttl|void\.ttl))", dumps.answer),
    Page(r"/dcat\.ttl", dumps.described),
    Page(r"/llms\.txt", llms.answer),
    Page("/(?P<kind>{kinds})", kind.answer),
    Page("/(?P<kind>{kinds})/(?P<name>[^/]+)", record.answer),
    # Datasette shows these to its own makers: they lead nowhere here, and one takes messages for other visitors.
    Page("/-/(?P<rest>allow-debug|logout|messages|patterns|permissions)", missing.answer),
    # Whatever neither Datasette nor the endpoint answers.
    Page(r"/(?!filiera(?:[/.]|$)|-/|site/|sparql$|favicon\.ico$)(?P<rest>.*)", missing.answer),
)
