"""Which schemas a document is checked against: the choice of the user, or of the document."""

from toolkit.validate.association.choice import Choice, Rule, choice, forget_choices

__all__ = ["Choice", "Rule", "choice", "forget_choices"]
