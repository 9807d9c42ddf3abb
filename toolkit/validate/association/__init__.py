"""Which schemas a document is checked against: the choice of the user, or of the document."""

from toolkit.validate.association.choice import Choice, choice, forget_choices
from toolkit.validate.association.rule import Rule

__all__ = ["Choice", "Rule", "choice", "forget_choices"]
