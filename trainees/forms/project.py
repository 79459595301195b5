"""The problem, the goals, and what will change at home."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ecett.core import languages
from ecett.core.fields import CleanTextMixin
from trainees.enums import GoalResult


class StartForm(CleanTextMixin, forms.Form):
    """A project begins with a name; the problem may be told later."""

    title = forms.CharField(
        label=_("A name for your project"),
        max_length=200,
        help_text=_("Short, as you would tell a colleague. For example: Aftercare that stays reachable"),
    )
    problem = forms.CharField(
        label=_("The problem at your workplace"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "What happens, to whom, how often? Three sentences are enough. Write so that no client can be "
            "recognised."
        ),
    )


class ProjectForm(StartForm):
    """Everything the project tells before the stay."""

    context = forms.CharField(
        label=_("What you have tried already"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    language = forms.ChoiceField(
        label=_("Language you write in"),
        choices=languages.portal_choices,
        help_text=_("Your goals are read in this language, and the agreement begins with it."),
    )
    employer_contact = forms.CharField(
        label=_("Her or his name"),
        max_length=200,
        required=False,
        help_text=_("First and last name"),
    )
    employer_email = forms.EmailField(label=_("Her or his e-mail"), max_length=254, required=False)
    employer_language = forms.ChoiceField(
        label=_("Her or his language"),
        choices=lambda: [("", "–"), *languages.portal_choices()],
        required=False,
    )


class GoalForm(CleanTextMixin, forms.Form):
    """One goal. The checker helps, it never forbids."""

    text = forms.CharField(
        label=_("Your goal"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "For example: By 30 June every young person who leaves our house has a contact person within "
            "14 days; now 4 of 10 have."
        ),
    )
    deadline = forms.DateField(label=_("By when"), required=False)


class GoalResultForm(CleanTextMixin, forms.Form):
    """What became of one goal."""

    result = forms.ChoiceField(
        label=_("What became of it?"),
        choices=lambda: [choice for choice in GoalResult.choices if choice[0]],
        widget=forms.RadioSelect,
    )
    result_comment = forms.CharField(
        label=_("How do you know?"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, goal: Any, **kwargs: Any) -> None:
        kwargs.setdefault("prefix", f"goal-{goal.public_id}")
        kwargs.setdefault("initial", {"result": goal.result, "result_comment": goal.result_comment})
        super().__init__(*args, **kwargs)
        self.goal = goal


class ActionPlanForm(CleanTextMixin, forms.Form):
    action_plan = forms.CharField(
        label=_("What will change at your workplace?"),
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Who does what, by when, and how will you notice that it works? A few lines are enough."),
    )
