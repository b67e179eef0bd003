"""Answer SPARQL queries from a built store, in processes that can be ended.

Oxigraph has neither a time limit nor a switch against SERVICE, and some queries end its process. So a query never
runs in the process of the web server. It takes this way, and each module imports only from those to its left:

    pipe, confinement, complaints → worker
    pipe, questions → pool
    questions → guard, page
    guard, negotiation → requests
    pool, requests, page, description → protocol → plugin

`requests` reads what is asked, `guard` refuses what must not run, `pool` hands the rest to a `worker`, which ends
itself at its limits, `protocol` makes the response, and `plugin` puts it under /sparql of Datasette.

Nothing is imported here, so that a worker starts fast.
"""
