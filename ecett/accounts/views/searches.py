"""The searches one keeps."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ecett.accounts import saving, searches
from ecett.accounts.models import SavedSearch
from ecett.accounts.models.search import NAME_LENGTH, Alert
from ecett.core import links
from ecett.core.permissions import public_view
from ecett.core.views.links import link_problem

REFUSED = {
    "unknown": gettext_lazy("This search holds something that is not known here, so it was not saved."),
    "empty": gettext_lazy("Search for something or choose a filter first; then the search can be saved."),
    "many": gettext_lazy("You keep very many searches already. Please delete some first."),
}


class SearchForm(forms.Form):
    """What a kept search is called, and whether e-mails are wanted."""

    name = forms.CharField(max_length=NAME_LENGTH, required=False)
    alert = forms.ChoiceField(choices=Alert.choices, required=False)

    def clean_alert(self) -> str:
        return self.cleaned_data["alert"] or Alert.NONE


@require_safe
def search_list(request: HttpRequest) -> HttpResponse:
    """All searches one keeps; after one was taken away, the way to bring it back."""
    mine = SavedSearch.objects.filter(user=request.user.pk).defer("seen")
    gone = mine.filter(public_id=request.GET.get("deleted", ""), deleted_at__isnull=False).first()
    rows = [_row(search) for search in mine.kept()]
    return render(request, "accounts/search_list.html", {"rows": rows, "gone": gone, "alerts": Alert.choices})


@require_POST
def search_save(request: HttpRequest) -> HttpResponse:
    """Keep the question of a list."""
    form = SearchForm(request.POST)
    kind = request.POST.get("kind", "")
    address = request.POST.get("address", "")[:4000]
    if not form.is_valid():
        # Too long a name, or a choice that is none: what was asked is not lost.
        messages.warning(request, _("The name is too long. Please choose a shorter one."))
        return redirect(_back(kind, address))
    try:
        saving.save_search(
            user=request.user,  # type: ignore[arg-type]
            kind=kind,
            address=address,
            **form.cleaned_data,
        )
    except saving.CannotSave as error:
        messages.warning(request, str(REFUSED[error.code]))
        return redirect(_back(kind, address))
    messages.success(request, _("The search is saved."))
    return redirect("accounts:search_list")


@require_POST
def search_change(request: HttpRequest, public_id: str) -> HttpResponse:
    """Another name, other e-mails."""
    search = _mine(request, public_id)
    form = SearchForm(request.POST)
    if form.is_valid():
        saving.change_search(search=search, **form.cleaned_data)
        messages.success(request, _("Saved."))
    else:
        messages.warning(request, _("The name is too long. Please choose a shorter one."))
    return redirect("accounts:search_list")


@require_POST
def search_delete(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take it away; the next page offers to bring it back."""
    saving.delete_search(search=_mine(request, public_id))
    return redirect(f"{reverse('accounts:search_list')}?deleted={public_id}")


@require_POST
def search_restore(request: HttpRequest, public_id: str) -> HttpResponse:
    """Bring it back."""
    saving.restore_search(search=_mine(request, public_id))
    messages.success(request, _("The search is back."))
    return redirect("accounts:search_list")


# Mail programs stop letters by a POST of their own (RFC 8058) and hold no cookie of ours. A GET changes nothing:
# filters of incoming mail open every link.
@csrf_exempt
@public_view
@require_http_methods(["GET", "HEAD", "POST"])
def search_stop(request: HttpRequest, token: str) -> HttpResponse:
    """No more e-mails about a search: by the link in the letter, without signing in."""
    try:
        claim = links.read(token, purpose=saving.PURPOSE, model=SavedSearch)
    except links.LinkProblem as error:
        return link_problem(request, error)
    search = SavedSearch.objects.defer("seen").filter(pk=claim.subject_pk).first()
    stopped = search is None or search.alert == Alert.NONE
    if request.method == "POST":
        saving.stop_alerts(search_id=claim.subject_pk)
        stopped = True
    return render(request, "accounts/search_stop.html", {"search": search, "stopped": stopped})


def _mine(request: HttpRequest, public_id: str) -> SavedSearch:
    return get_object_or_404(
        SavedSearch.objects.filter(user=request.user.pk).defer("seen"), public_id=public_id
    )


def _row(search: SavedSearch) -> dict[str, Any]:
    kind = searches.kind_of(search.kind)
    url = f"{reverse(kind.url_name)}?{search.address}" if kind else ""
    return {"search": search, "kind": kind.label if kind else search.kind, "url": url}


def _back(kind: str, address: str) -> str:
    known = searches.kind_of(kind)
    return f"{reverse(known.url_name)}?{address}" if known else reverse("accounts:search_list")
