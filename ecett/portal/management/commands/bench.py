"""Measure the portal beside a reference."""

import json
import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from ecett.portal.bench.child import BENCHES
from ecett.portal.bench.database import own_database
from ecett.portal.bench.report import Measure, table, write
from ecett.runtime.places import ROOT


class Command(BaseCommand):
    help = "Measures beside a reference and writes var/bench/NAME.json; exit status 1 when an aim is missed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "names", nargs="*", metavar="NAME", help=f"which ({', '.join(BENCHES)}); without one all"
        )
        parser.add_argument(
            "--hosts", metavar="FILE", type=Path, help="hosts to import instead of invented ones"
        )

    def handle(self, *, names: list[str], hosts: Path | None, **options: Any) -> None:
        unknown = [name for name in names if name not in BENCHES]
        if unknown:
            raise CommandError(f"There is no benchmark {', '.join(unknown)}; there are {', '.join(BENCHES)}.")
        # As for a start of the portal: styles, fonts and compressed files.
        call_command("build_assets", stdout=self.stderr)
        call_command("collectstatic", verbosity=0, interactive=False)
        missed = False
        for name in names or BENCHES:
            self.stderr.write(f"{name} ...")
            measures = self._measure(name, hosts)
            path = write(Path(settings.VAR_DIR) / "bench", name, measures)
            self.stdout.write(table(json.loads(path.read_text())))
            missed |= any(measure.holds is False for measure in measures)
        if missed:
            sys.exit(1)

    def _measure(self, name: str, hosts: Path | None) -> list[Measure]:
        command = [sys.executable, "-m", "ecett.portal.bench.child", name]
        command += [str(hosts.resolve())] if hosts else []
        with own_database(name) as environment:
            done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
        if done.returncode:
            raise CommandError(f"The benchmark {name} did not come to its end; the reason stands above.")
        return [Measure(**row) for row in json.loads(done.stdout.strip().splitlines()[-1])]
