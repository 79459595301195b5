"""Words of the pure modules: marked for translation here, translated by whoever shows them.

Pure modules import no Django, so they cannot translate. They mark a text with ``_`` (the extraction
tools know that name), keep the English template with its values in a `Message`, and the caller says
it in the reader's language: ``message.say(gettext)``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

Gettext = Callable[[str], str]


def mark(text: str) -> str:
    """Return the text unchanged; imported as ``_`` it makes the text show up in the catalogues."""
    return text


@dataclass(frozen=True)
class Message:
    """An English template with ``{name}`` slots and the values for them."""

    template: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def say(
        self, gettext: Gettext = mark, show: Callable[[str, Any], Any] = lambda _name, value: value
    ) -> str:
        """The text in the language of ``gettext``; English when none is given. Values that are messages are
        said too; ``show`` (name, value) writes the others, days and amounts, as the reader does.
        """
        values = {
            key: value.say(gettext, show) if isinstance(value, Message) else show(key, value)
            for key, value in self.params.items()
        }
        return gettext(self.template).format(**values)
