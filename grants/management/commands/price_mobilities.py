"""``price_mobilities``: what a mobility costs, for scripts (docs: contracts)."""

import io
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ecett.core import jsonlines
from grants.pricing_command import KEYS, Pricer
from grants.ratefile import parse_rates
from grants.rates import RateRow
from grants.selectors.rates import stored_rates
from grants.splits import Splits, parse_splits


class Command(BaseCommand):
    help = (
        "Reads one mobility a line on standard input as JSON and writes one line each: distance, band, "
        "travel, individual and organisational support, its split, and the rate rows used."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--rates", metavar="FILE", type=Path, help="a rate file instead of the stored rates"
        )
        parser.add_argument("--split", metavar="FILE", type=Path, help="the splits of organisational support")
        parser.add_argument("--pretty", action="store_true", help="indented answers, for people")

    def handle(self, **options: Any) -> None:
        rates = self._rates(options["rates"]) if options["rates"] else stored_rates()
        splits = self._splits(options["split"]) if options["split"] else None
        pricer = Pricer(rates, splits, stored=not options["rates"])
        stream = sys.stdin
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
        status = jsonlines.run(stream, sys.stdout, pricer.answer, KEYS, pretty=options["pretty"])
        if status:
            sys.exit(status)

    def _rates(self, path: Path) -> tuple[RateRow, ...]:
        try:
            parsed = parse_rates(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise CommandError(f"{path}: {error}") from error
        for refusal in parsed.refused:
            self.stderr.write(f"{path}:{refusal.line}: {refusal.field}: {refusal.reason}")
        return parsed.rates

    def _splits(self, path: Path) -> Splits:
        try:
            return parse_splits(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise CommandError(f"{path}: {error}") from error
