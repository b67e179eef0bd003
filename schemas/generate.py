# ruff: noqa: INP001  a command beside the files it reads, no package
"""Write what follows from the schemas: `make schemas` runs this after a change to a file of `schemas/`.

LinkML's generators make the JSON Schema and the SHACL shapes, which are then changed only where our records or our
graph need it, each change with its reason below. The JSON-LD context is made from our own reading of the schemas,
because LinkML's has one meaning for each name of a field, and ours is that a name belongs to its class.

The same schemas give the same bytes: everything is sorted, nothing is dated, and no node of the shapes is without a
name but for lists. To add a product, write a function that returns its text and list it in `products`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from linkml.generators.jsonschemagen import JsonSchemaGenerator
from linkml.generators.shaclgen import ShaclGenerator
from rdflib import BNode, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.namespace import DCTERMS, RDF, SH, SKOS
from rdflib.term import Node

from filiera.rdf import BASE, FIL
from filiera.schema import Class, Enum, Field, Schema, Type, schema

Json = dict[str, Any]

HERE = Path(__file__).parent
SOURCE = HERE / "filiera.yaml"
GENERATED = "schemas/generated"
EDITORS = f"{GENERATED}/editors"

#: The names of the shapes: a class, or a class and a field.
SHAPES = Namespace("https://w3id.org/filiera/shapes#")

#: What LinkML's own types are to somebody who writes a record.
BUILTIN = {
    "boolean": "true or false, unquoted.",
    "decimal": "A number, unquoted, such as -13.9.",
    "integer": "A whole number, unquoted, such as 879.",
    "uri": "An address, such as https://example.org/page.",
}

README = """\
`make schemas` writes everything here from the files in [`schemas/`](../README.md): change those, not these.
People read the [data dictionary](dictionary.md), editors read [`editors/`](../../docs/editors.md), programs the rest.
"""


def products(known: Schema) -> dict[str, str]:
    """Return the text of every generated file by its path from the root of the repository."""
    full = json_schema()
    found = {
        f"{GENERATED}/README.md": README,
        f"{GENERATED}/dictionary.md": dictionary(known),
        f"{GENERATED}/filiera.context.jsonld": _dump(context(known)),
        f"{GENERATED}/filiera.schema.json": _dump(full),
        f"{GENERATED}/filiera.shacl.ttl": shapes(known),
        f"{EDITORS}/filiera.schema.json": _dump(editor_schema(full, known)),
        ".vscode/settings.json": _dump(editor_settings(known)),
    }
    kinds = {f"{EDITORS}/{folder}.schema.json": _dump(file_schema(of)) for folder, of in known.kinds.items()}
    return dict(sorted((found | kinds).items()))


def write(root: Path, texts: dict[str, str]) -> None:
    """Write the products below `root`, and delete what an older schema left there."""
    for path, text in texts.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
    for file in (root / GENERATED).rglob("*"):
        if file.is_file() and file.relative_to(root).as_posix() not in texts:
            file.unlink()


def _dump(content: Json) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


# JSON Schema


def json_schema() -> Json:
    """Return LinkML's JSON Schema of every class, without the version of LinkML, which is no part of ours."""
    made = json.loads(JsonSchemaGenerator(str(SOURCE), include_null=False).serialize())
    del made["metamodel_version"]
    return dict(made)


def editor_schema(full: Json, known: Schema) -> Json:
    """Return the classes and closed lists as an editor needs them, for `file_schema` to refer to.

    They differ from the full JSON Schema in five things. A text field takes an unquoted number, because our reader
    takes the text as it is written. Fields that the program finds are left out. A list has at least one item, as our
    own check wants it. A reference looks like a key, which LinkML leaves to the record that it points to. Values of
    closed lists carry their descriptions, which editors show.
    """
    lists = {name: _explained(full["$defs"][name], of) for name, of in known.enums.items()}
    key = _pattern(known.types["Key"])
    classes = {name: _writable(full["$defs"][name], of, key) for name, of in known.classes.items() if not of.abstract}
    definitions = dict(sorted((lists | classes).items()))
    return {"$schema": "http://json-schema.org/draft-07/schema#", "title": "Filiera", "$defs": definitions}


def _explained(definition: Json, of: Enum) -> Json:
    return definition | {"enumDescriptions": [of.values[name].description for name in definition["enum"]]}


def _writable(definition: Json, of: Class, key: str) -> Json:
    values = definition["properties"]
    fields = {name: field for name, field in of.fields.items() if not field.readonly}
    return definition | {"properties": {name: _written(values[name], field, key) for name, field in fields.items()}}


def _written(value: Json, field: Field, key: str) -> Json:
    """Return the schema of a value, or of an item of a list, as it may stand in a file."""
    if "items" in value:
        return value | {"minItems": 1, "items": _written(value["items"], field, key)}
    if field.targets:
        rest = {name: said for name, said in value.items() if name == "description"}
        return rest | {"type": ["string", "number"], "pattern": key}
    is_text = value.get("type") == "string" and "format" not in value
    return value | {"type": ["string", "number"]} if is_text else value


def _pattern(of: Type) -> str:
    r"""Return the pattern of a type as the schemas have it; in Python its "$" is \Z."""
    return of.pattern.pattern.replace(r"\Z", "$") if of.pattern else ""


def file_schema(of: Class) -> Json:
    """Return the schema of a file of one kind: a record, or a list of records."""
    record = {"$ref": f"filiera.schema.json#/$defs/{of.name}"}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": of.folder,
        "description": of.description,
        "anyOf": [record, {"type": "array", "minItems": 1, "items": record}],
    }


def editor_settings(known: Schema) -> Json:
    """Return the settings of VS Code for this repository: which schema is for which folder, and two spaces in YAML."""
    return {
        "[yaml]": {"editor.insertSpaces": True, "editor.tabSize": 2, "editor.detectIndentation": False},
        # The catalogue of public schemas knows nothing of our files, and is fetched from the network.
        "yaml.schemaStore.enable": False,
        "yaml.schemas": {f"./{EDITORS}/{kind}.schema.json": f"kb/{kind}/**/*.yaml" for kind in known.kinds},
    }


# JSON-LD


def context(known: Schema) -> Json:
    """Return a JSON-LD 1.1 context in which every class gives its fields their own meaning.

    A record needs `@id` and `@type` (the name of its class) beside its data; objects in it need neither. A key is read
    within the folder of the one kind it may point to; where there are several kinds it is written FOLDER/KEY. JSON-LD
    lets a number with a point come back as 8.640000000000001, so such a number is best written as a string.
    """
    prefixes = {k: v for k, v in sorted(known.prefixes.items()) if k != "linkml"}
    classes = {n: {"@id": _curie(c.iri, known), "@context": _terms(c, known)} for n, c in sorted(known.classes.items())}
    return {"@context": {"@version": 1.1, **prefixes, **classes}}


def _terms(of: Class, known: Schema) -> Json:
    return {name: {"@id": _curie(field.iri, known), **_coercion(field, known)} for name, field in of.fields.items()}


def _coercion(field: Field, known: Schema) -> Json:
    """Return how a field's values are read: as objects, keys, values of a closed list, addresses or numbers."""
    if nested := known.nested(field):
        return {"@context": _terms(nested, known)}
    if field.targets:
        folder = f"{field.targets[0]}/" if len(field.targets) == 1 else ""
        return {"@type": "@id", "@context": {"@base": BASE + folder}}
    if field.range in known.enums:
        return {"@type": "@vocab", "@context": {k: v.iri for k, v in known.enums[field.range].values.items()}}
    return {"uri": {"@type": "@id"}, "decimal": {"@type": "xsd:decimal"}}.get(field.range, {})


def _curie(iri: str, known: Schema) -> str:
    prefix, start = max(
        ((p, s) for p, s in known.prefixes.items() if iri.startswith(s)),
        key=lambda item: len(item[1]),
    )
    return f"{prefix}:{iri.removeprefix(start)}"


# SHACL


def shapes(known: Schema) -> str:
    """Return LinkML's shapes with names of our own, made to fit our graph, as Turtle."""
    graph = ShaclGenerator(str(SOURCE), closed=False).as_graph()
    _drop_ignored(graph)
    names = _names(graph, known)
    named = Graph(bind_namespaces="none")
    for subject, predicate, value in graph:
        part = names.get(value, value) if predicate == SH.property else value
        named.add((names.get(subject, subject), predicate, part))
    for of in known.classes.values():
        _complete(named, of)
        if of.iri in _wide(known):
            _narrow(named, of)
    for prefix, start in {**known.prefixes, "sh": str(SH), "shapes": str(SHAPES)}.items():
        named.bind(prefix, start)
    return named.serialize(format="turtle")


def _drop_ignored(graph: Graph) -> None:
    """Delete the lists of properties that closed shapes would ignore: ours are open."""
    for shape, items in list(graph.subject_objects(SH.ignoredProperties)):
        graph.remove((shape, SH.ignoredProperties, items))
        for node in list(graph.transitive_objects(items, RDF.rest)):
            graph.remove((node, None, None))


def _names(graph: Graph, known: Schema) -> dict[Node, Node]:
    """Return our name of each shape, so that nothing is called after the class of somebody else, or not at all."""
    found: dict[Node, Node] = {}
    for of in known.classes.values():
        shape, fields = URIRef(of.iri), {field.iri: field.name for field in of.fields.values()}
        found[shape] = SHAPES[of.name]
        for node in graph.objects(shape, SH.property):
            found[node] = SHAPES[f"{of.name}-{fields[str(graph.value(node, SH.path))]}"]
    return found


def _complete(graph: Graph, of: Class) -> None:
    """Give each field its name; and ask for the key, which LinkML takes for the IRI, but our graph states."""
    for field in of.fields.values():
        graph.add((SHAPES[f"{of.name}-{field.name}"], SH.name, Literal(field.name)))
        if field.required:
            graph.set((SHAPES[f"{of.name}-{field.name}"], SH.minCount, Literal(1)))


def _wide(known: Schema) -> set[str]:
    """Return the classes that the graph puts other things into than ours: what is below them, and values of lists."""
    return {str(SKOS.Concept)}.union(*(of.parents for of in known.classes.values()))


def _narrow(graph: Graph, of: Class) -> None:
    """Let a shape look only at what is itself of the class, and has a key where it is a kind.

    A target class takes in the classes below it: a district, which is below sdo:Place, would be wanted to have the
    fields of our places. So the target is the class as a node, and a path leads from it to what has it as its type.
    """
    shape, each = SHAPES[of.name], SHAPES[f"{of.name}-each"]
    for node in list(graph.objects(shape, SH.property)):
        graph.remove((shape, SH.property, node))
        graph.add((each, SH.property, node))
    graph.remove((shape, SH.targetClass, None))
    graph.add((shape, SH.targetNode, URIRef(of.iri)))
    graph.add((shape, SH.property, each))
    steps: list[Node] = [_inverse(graph, RDF.type)]
    if of.folder:
        # To the key and back: only records have one, and no two the same.
        steps += [DCTERMS.identifier, _inverse(graph, DCTERMS.identifier)]
    graph.add((each, SH.path, Collection(graph, BNode(), steps).uri if len(steps) > 1 else steps[0]))


def _inverse(graph: Graph, property_: URIRef) -> BNode:
    node = BNode()
    graph.add((node, SH.inversePath, property_))
    return node


# The data dictionary


def dictionary(known: Schema) -> str:
    """Return the data dictionary: every kind, object, closed list and type, with links between them."""
    objects = {n: c for n, c in sorted(known.classes.items()) if not c.folder and not c.abstract}
    parts = [
        "# Data dictionary",
        "What a record may say, kind by kind, written by `make schemas` from [`schemas/`](../README.md).",
        f"`fil:` is `{FIL}`; an own term is followed by the public one that it is below.",
        "## Kinds of record\n\nEach is a folder of `kb/`.",
        *(_class(kind, known) for kind in known.kinds.values()),
        "## Objects\n\nThey stand in records, in the fields that link here.",
        *(_class(of, known) for of in objects.values()),
        "## Closed lists\n\nA field that links here takes one of these values.",
        *(_enum(of, known) for _, of in sorted(known.enums.items())),
        "## Types",
        _table(("type", "pattern", "description"), _types(known)),
    ]
    return "\n\n".join(parts) + "\n"


def _class(of: Class, known: Schema) -> str:
    head = ("field", "value", "required", "many", "RDF term", "description")
    term = _term(of.iri, of.parents, known)
    return f"### {of.folder or of.name}\n\n{of.description}\nRDF class: {term}.\n\n" + _table(head, _rows(of, known))


def _rows(of: Class, known: Schema) -> Iterator[tuple[str, ...]]:
    for name, field in of.fields.items():
        required = "yes" if field.required else ""
        many = "in order" if field.ordered else "yes" if field.many else ""
        remark = " Found by the program; not written." if field.readonly else ""
        term = _term(field.iri, field.parents, known)
        yield f"`{name}`", _value(field, known), required, many, term, field.description + remark


def _value(field: Field, known: Schema) -> str:
    """Return what a field takes, with links to where that is described."""
    if set(field.targets) == set(known.kinds):
        return "key of any record"
    if field.targets:
        return "key of " + " or ".join(_link(folder) for folder in field.targets)
    return _link(field.range) + _limits(field)


def _limits(field: Field) -> str:
    low = "" if field.minimum is None else f" from {field.minimum:g}"
    return low if field.maximum is None else f"{low} to {field.maximum:g}"


def _enum(of: Enum, known: Schema) -> str:
    rows = ((f"`{v.name}`", _term(v.iri, (), known), v.description) for v in of.values.values())
    return f"### {of.name}\n\n{of.description}\n\n" + _table(("value", "RDF term", "description"), rows)


def _types(known: Schema) -> Iterator[tuple[str, ...]]:
    used = {field.range for of in known.classes.values() for field in of.fields.values()}
    for name, of in sorted(known.types.items()):
        pattern = f"`{_pattern(of)}`" if of.pattern else ""
        if name in used:
            yield f'<a id="{name.lower()}"></a>{name}', pattern, BUILTIN.get(name, of.description)


def _term(iri: str, parents: Iterable[str], known: Schema) -> str:
    below = [f"[`{_curie(parent, known)}`]({parent})" for parent in parents]
    return f"[`{_curie(iri, known)}`]({iri})" + (f" below {', '.join(below)}" if below else "")


def _link(name: str) -> str:
    return f"[{name}](#{name.lower()})"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = (head, ("---",) * len(head), *rows)
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)


if __name__ == "__main__":
    made = products(schema())
    write(HERE.parent, made)
    sys.stdout.write(f"{len(made)} files written\n")
