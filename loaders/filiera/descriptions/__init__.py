"""Describe the base as a whole to those who look for data: what it holds, whose it is, what may be done with it.

`about` reads what the base says of itself, in its CITATION.cff; `dumps` names the files of a build. From the two come
a description in DCAT (`dcat`), one in schema.org for search engines (`schema_org`), an RO-Crate (`crate`), and the form
of a deposit at Zenodo (`zenodo`). VoID, which describes the graph, is written by `filiera.void`.
"""
