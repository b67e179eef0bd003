"""What the tests of the schemas share: the generated files and LinkML's view, each made once."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from filiera.reader import read as read_yaml
from filiera.records import Data, Record, read
from filiera.report import Report
from filiera.schema import Class, Schema
from filiera.shape import Shaper
from linkml.validator import Validator
from linkml.validator.plugins import JsonschemaValidationPlugin
from linkml_runtime.utils.schemaview import SchemaView

ROOT = Path(__file__).parents[2]
SCHEMAS = ROOT / "schemas"

Judge = Callable[[str, str], list[str]]


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the root of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def generate() -> ModuleType:
    """Return `schemas/generate.py` as a module."""
    spec = importlib.util.spec_from_file_location("generate", SCHEMAS / "generate.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def products(generate: ModuleType, known: Schema) -> dict[str, str]:
    """Return the text of every generated file by its path, made now and not read."""
    return dict(generate.products(known))


@pytest.fixture(scope="session")
def view() -> SchemaView:
    """Return LinkML's own reading of the schemas."""
    return SchemaView(str(SCHEMAS / "filiera.yaml"))


@pytest.fixture(scope="session")
def real(known: Schema) -> list[Record]:
    """Return the real records, read once."""
    return list(read(ROOT / "kb", known, Report()))


@pytest.fixture(scope="session")
def validator(view: SchemaView) -> Validator:
    """Return LinkML's own validator, which refuses fields that it does not know."""
    return Validator(view.schema, validation_plugins=[JsonschemaValidationPlugin(closed=True)])
