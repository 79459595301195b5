"""Fields of our own."""

from typing import Any

from django_fsm import FSMField


class StateField(FSMField):
    """The state of a lifecycle, which only the steps of `ecett.core.workflow` change.

    To migrations it is the text column that the database has: a model of the past takes no steps, and with a
    state machine it would listen to every model made after it, which made the first start five times longer.
    """

    def __init__(self, *args: Any, protected: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, protected=protected, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, _path, args, kwargs = super().deconstruct()
        kwargs.pop("protected", None)
        return name, "django.db.models.CharField", args, kwargs
