"""Publish a base without a server: the site as a folder of files, and an archive of the records for a repository.

`copying` writes the pages that `asking` gets from the site, with what `rewriting` makes of their links and `addresses`
of their names; `searching` gives them a search, `indexes` a sitemap. `archiving` writes the archive. `releases` knows
when a base was published, and `staging` sees to it that nothing half-written and nothing of others is touched.
"""
