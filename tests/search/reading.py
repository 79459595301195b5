"""A question as the portal reads it before any card is asked."""

from hosts.search import Query, parse
from hosts.spelling import closest, strange_words


def read(text: str, language: str) -> Query:
    """The question with mistyped words read as the known ones."""
    query = parse(text, language)
    careful = any(unit.sure for unit in query.wanted)
    close = {word: closest(word, language, (), careful=careful) for word in strange_words(query)}
    known = {word: meant for word, meant in close.items() if meant}
    return parse(text, language, corrections=known) if known else query
