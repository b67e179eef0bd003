"""Answer assistants (language models) from records, over the Model Context Protocol, with the passage of every answer.

`desk` finds what is asked for and the places where it is said; `server` speaks the protocol. The protocol's library is
an extra of Filiera, `filiera[mcp]`: it brings cryptography and telemetry that nothing else here needs.
"""
