"""``price_mobilities``: what a mobility costs, for scripts (docs: contracts)."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from ecett.core import jsonlines
from ecett.core.imports.table import UnusableFile
from ecett.core.management.jsonlines import JsonLinesCommand
from grants.imports.rates import read_rate_file
from grants.pricing_command import KEYS, Pricer
from grants.rates import RateRow
from grants.selectors.rates import stored_rates
from grants.splits import Splits, parse_splits


class Command(JsonLinesCommand):
    help = (
        "Reads one mobility a line on standard input as JSON and writes one line each: distance, band, "
        "travel, individual and organisational support, its split, and the rate rows used. Exit status 0 if "
        "every line was answered, 1 otherwise."
    )
    keys = KEYS

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--rates",
            metavar="FILE",
            type=Path,
            help="a rate file, CSV or XLSX, as import_rates takes it, instead of the stored rates",
        )
        parser.add_argument(
            "--split",
            metavar="FILE",
            type=Path,
            help="the splits of organisational support: CSV with the columns organisational, ecett, helpdesk, "
            'signatory, or JSON such as {"350": {"ecett": 140, "helpdesk": 70, "signatory": 140}}',
        )

    def answerer(self, options: dict[str, Any]) -> jsonlines.Answer:
        rates = self._rates(options["rates"]) if options["rates"] else stored_rates()
        splits = _splits(options["split"]) if options["split"] else None
        return Pricer(rates, splits, stored=not options["rates"]).answer

    def _rates(self, path: Path) -> tuple[RateRow, ...]:
        try:
            parsed = read_rate_file(path)
        except UnusableFile as error:
            raise CommandError(str(error)) from error
        for refusal in parsed.refused:
            self.stderr.write(f"{path}:{refusal.line}: {refusal.field}: {refusal.reason}")
        if not parsed.rows:
            raise CommandError(f"{path}: no row of it can be used.")
        return parsed.rates


def _splits(path: Path) -> Splits:
    try:
        return parse_splits(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CommandError(f"{path}: {error}") from error
