"""The frame of the commands that answer JSON lines: streams, ``--pretty`` and exit status are the same for all."""

import io
import os
import sys
from argparse import ArgumentParser
from collections.abc import Collection
from typing import Any, ClassVar, TextIO, cast

from django.core.management.base import BaseCommand

from ecett.core import jsonlines


class JsonLinesCommand(BaseCommand):
    """A command that reads one case a line on standard input and writes one answer a line.

    Subclasses name the ``keys`` of a case and give the function that answers one. Exit status 0 when every
    line was answered, 1 otherwise. Both streams are UTF-8 whatever the machine's own encoding is.
    """

    keys: ClassVar[Collection[str]]
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--pretty", action="store_true", help="indented answers, for people")

    def answerer(self, options: dict[str, Any]) -> jsonlines.Answer:
        """The function from a case to its answer; whatever all cases share is made ready here, once."""
        raise NotImplementedError

    def handle(self, *args: Any, **options: Any) -> None:
        answer = self.answerer(options)
        # Bytes that are not UTF-8 become lone surrogates, which `jsonlines.run` refuses by line.
        _as_utf8(sys.stdin, errors="surrogateescape")
        _as_utf8(sys.stdout, errors="strict")
        try:
            status = jsonlines.run(sys.stdin, cast(TextIO, self.stdout), answer, self.keys, options["pretty"])
        except BrokenPipeError:
            # Whoever read us (``| head``) has gone. What is left in the buffer must not fail at the exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            status = 1
        if status:
            sys.exit(status)


def _as_utf8(stream: TextIO, *, errors: str) -> None:
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding="utf-8", errors=errors)
