"""Give a person who has signed up a role: how a new portal gets its first administrator and helpdesk."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from ecett.accounts.enums import Role
from ecett.accounts.models import Organisation, User
from ecett.accounts.services import grant_role


class Command(BaseCommand):
    help = "Give a person who has signed up a role; giving it twice changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the address she signed up with")
        parser.add_argument("role", choices=Role.values)
        parser.add_argument(
            "--organisation", default="", metavar="NAME", help="for whom she acts; its exact name"
        )
        parser.add_argument(
            "--language",
            default="",
            choices=["", *dict(settings.LANGUAGES)],
            help="the language a helpdesk person serves",
        )

    def handle(self, **options: Any) -> None:
        email, role, language = options["email"].strip().lower(), options["role"], options["language"]
        user = User.objects.filter(email=email).first()
        if user is None:
            raise CommandError(f"Nobody has signed up with {email}.")
        if (role == Role.HELPDESK) != bool(language):
            raise CommandError("A helpdesk person serves a language: --language fr. No other role has one.")
        organisation = self._organisation(options["organisation"]) if options["organisation"] else None
        membership = grant_role(user=user, role=role, organisation=organisation, language=language)
        self.stdout.write(f"{user} <{email}>: {membership}")

    @staticmethod
    def _organisation(name: str) -> Organisation:
        found = list(Organisation.objects.filter(name__iexact=name)[:2])
        if len(found) == 1:
            return found[0]
        if found:
            raise CommandError(f"Several organisations are called {name}.")
        known = Organisation.objects.filter(name__icontains=name).values_list("name", flat=True)[:10]
        raise CommandError(
            f"There is no organisation {name}. " + (f"Known: {', '.join(known)}." if known else "")
        )
