"""Give works to other programs, and take works from them.

CSL-JSON is the hub: `csl` turns a record into an item of CSL-JSON and an item into the data of a record, and each
format writes and reads items. `dates` and `names` do so for dates and people, `annotations` for what Filiera says of a
work besides.
"""
