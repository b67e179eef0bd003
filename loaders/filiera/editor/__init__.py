"""Answer editors over the Language Server Protocol: citations while they are written.

    session → completion, hover, navigation, diagnostics → server

`session` keeps the base open and takes a new build as soon as there is one. The others are functions from an open
manuscript and a place in it to an answer; only `server` knows the protocol's messages. Offsets are characters of the
text; what goes to the editor is counted in the units that it asks for.
"""
