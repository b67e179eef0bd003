"""Browse and ask on this machine: Datasette and the SPARQL endpoint, in one process on one port.

`server` starts and ends it, `metadata` tells Datasette what the tables and questions mean, `hardening` keeps a single
request from taking the machine.
"""
