"""Why a document cannot be handed on. Pure: no Django."""


class Unfit(Exception):
    """``code``: ``damaged``, ``protected`` (a password), ``programs`` (macros), ``huge`` (unfolds into too much),
    ``parts`` (more than can be looked through) or
    ``other`` (its content is of another kind than its name)."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)
