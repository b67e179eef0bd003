"""The rules of proofreading, one module for each kind of question.

To add a rule, write a function over a citation or a sentence and list it in the `RULES` of its module; to add a module,
list it here. A rule that is not sure says nothing: a false alarm costs more than a fault that is not found.
"""

from __future__ import annotations

from filiera.proofreading.rules import certainty, citations, numbers, places, statements
from filiera.proofreading.rules.base import Rule

RULES: tuple[Rule, ...] = (*citations.RULES, *places.RULES, *certainty.RULES, *numbers.RULES, *statements.RULES)
