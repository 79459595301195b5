"""States of a lifecycle: one line each holds the value, the badge's shape, the public and the staff wording."""

from typing import Any, Self

from django.db import models
from django.utils.functional import Promise

SHAPES = ("draft", "waiting", "half", "done", "turn", "declined")


class States(models.TextChoices):
    """``NAME = "value", shape, public wording, staff wording``; ``shape`` is one of ``SHAPES``.

    ``.label`` is what staff read, ``.public_label`` what the person concerned reads.
    """

    shape: str
    public_label: str | Promise

    def __new__(cls, value: str, shape: str, public: Any) -> Self:
        if shape not in SHAPES:
            raise ValueError(f"{value}: {shape!r} is not a badge shape")
        member = str.__new__(cls, value)
        member._value_ = value
        member.shape = shape
        member.public_label = public
        return member
