"""Days that are called after saints: "na Mikuláše chodí čert", "zu Martini", "per Santa Lucia"."""

from goodpractices.anonymity.runs import Run, RunReader

#: Languages in which Santa and Santo are first names as well.
SAINTS_ARE_NAMES = ("it",)
#: How many words of a clause are looked over for somebody who is waited for.
REACH = 8


class Days(RunReader):
    """Looks round a run for the day that it names."""

    def has(self, run: Run) -> bool:
        """Is it a day of the year that bears somebody's name?"""
        if self.lang in SAINTS_ARE_NAMES and self._saint(run):
            return True
        known, at = self.known, run.first
        if run.last > at and self.keys[at] in known["before_days"] and self.text.opens(at):
            return self.keys[at + 1] in known["day_names"]  # "An Nikolaus kommt der Bischof"
        if not at or self.words[at].gap != " " or self.keys[at] not in known["day_names"]:
            return False
        return (
            self.keys[at - 1] in known["before_days"] and self._begins(at - 1) and not self._waited_for(run)
        )

    def _saint(self, run: Run) -> bool:
        """ "a Santa Lucia i doni": a saint's own name is a first name, and nothing follows it."""
        first, last = run.first, run.last
        return (
            last == first + 1
            and self.keys[first] in self.known["saints"]
            and self.keys[last] in self.known.first_names
        )

    def _begins(self, at: int) -> bool:
        """Does a clause, or a member of a list of days, begin with the preposition? German tells by the form alone."""
        if self.lang == "de" or self.text.opens(at) or self.words[at].gap in (", ", "; ", " – ", " ("):
            return True
        return self.text.exacts[at - 1] in self.known["joins"]

    def _waited_for(self, run: Run) -> bool:
        """ "Na Štěpána se klienti těší": it is somebody all the same."""
        stems = tuple(self.known["awaits"])  # none in German, which tells by the form alone
        for at in range(run.last + 1, min(run.last + 1 + REACH, len(self.words))):
            if self.words[at].gap != " ":
                return False
            if self.keys[at].startswith(stems):
                return True
        return False
