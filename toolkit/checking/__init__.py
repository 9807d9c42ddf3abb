"""Which files ``tei validate`` looks at, when, and which of the findings count."""


class WrongUseError(ValueError):
    """The arguments cannot be meant as they are."""
