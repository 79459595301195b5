"""What an address needs to be reached: the object of a tenant whose id stands in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.permissions.world import Tenant, token

Arguments = Callable[[Tenant], dict[str, Any]]


def of(thing: str, **fixed: str) -> Arguments:
    """The public id of one of the tenant's things, and words that stand in the address."""
    return lambda tenant: {"public_id": tenant[thing].public_id, **fixed}


def linked(link: str, thing: str, **fixed: str) -> Arguments:
    """A valid signed link to one of the tenant's things."""
    return lambda tenant: {"token": token(link, tenant[thing]), **fixed}


def two(thing: str, name: str, other: str) -> Arguments:
    """Two of the tenant's things."""
    return lambda tenant: {"public_id": tenant[thing].public_id, name: tenant[other].public_id}


def words(**fixed: str) -> Arguments:
    """An address that names no object."""
    return lambda tenant: fixed


# Addresses without an entry take nothing.
ARGUMENTS: dict[str, Arguments] = {
    "accounts:search_change": of("search"),
    "accounts:search_delete": of("search"),
    "accounts:search_restore": of("search"),
    "accounts:search_stop": linked("search_alert", "search"),
    "api:concept_detail": words(code="aftercare"),
    "api:host_detail": of("host"),
    "api:nothing": words(rest="nothing"),
    "api:practice_detail": of("practice"),
    "portal:statistics_export": words(form="csv"),
    "portal:verify": lambda tenant: {"code": tenant["document"].code},
    "core:document_page": of("document"),
    "core:document_file": of("document"),
    "core:document_progress": of("document"),
    "core:document_retry": of("document"),
    "core:demo_mail_detail": of("letter"),
    "core:demo_mail_html": of("letter"),
    "imports:import_new": words(kind="hosts"),
    **{
        f"imports:import_{name}": of("job")
        for name in ("detail", "progress", "notes_csv", "refused", "apply", "cancel")
    },
    **{f"exports:export_{name}": of("export") for name in ("detail", "progress", "file", "remove", "again")},
    **{
        f"hosts:host_{name}": of("host")
        for name in ("detail", "edit", "confirm", "status", "merge", "people")
    },
    "hosts:access_end": two("host", "person", "member"),
    **{f"hosts:invitation_{name}": of("invitation") for name in ("again", "withdraw")},
    **{
        f"hosts:invitation_{name}": linked("host_invitation", "invitation")
        for name in ("open", "edit", "photos", "renew")
    },
    "hosts:host_suggest": of("host"),
    "hosts:host_photos": of("host"),
    "hosts:photo_file": lambda tenant: {"sha256": tenant["photo"].small},
    "goodpractices:innovation_pictures": of("adoption"),
    "goodpractices:picture_file": lambda tenant: {"sha256": tenant["picture"].small},
    "goodpractices:practice_attachments": of("practice_draft"),
    "goodpractices:attachment_step": of("attachment", step="show"),
    "goodpractices:attachment_file": lambda tenant: {"sha256": tenant["attachment"].sha256, "ending": "pdf"},
    "hosts:suggestion_detail": of("suggestion"),
    "hosts:duplicate_detail": of("duplicate"),
    "hosts:merge_undo": of("merge"),
    **{
        f"hosts:check_{name}": linked("host_check", "check") for name in ("answer", "edit", "photos", "renew")
    },
    "hosts:host_step": of("host_draft", step="submit"),
    **{f"goodpractices:practice_{name}": of("practice_draft") for name in ("detail", "print", "pdf", "edit")},
    "goodpractices:adoption_report": of("practice"),
    **{
        f"goodpractices:{name}": of("adoption")
        for name in ("adoption_edit", "adoption_hide", "innovation_edit")
    },
    "goodpractices:remark_add": of("practice_draft"),
    "goodpractices:translation_new": of("practice"),
    "goodpractices:translation_edit": of("translation"),
    "goodpractices:translation_step": of("translation", step="submit"),
    "goodpractices:version_compare": of("practice_draft"),
    "goodpractices:practice_step": of("practice_draft", step="submit"),
    **{
        f"trainees:{name}": of("project")
        for name in (
            "project_detail",
            "project_edit",
            "goal_add",
            "goal_check",
            "goal_results",
            "action_plan",
        )
    },
    **{f"trainees:evaluation_{name}": of("evaluation") for name in ("hide", "show")},
    "trainees:project_step": of("project", step="drop"),
    "trainees:goal_edit": two("project", "goal_id", "goal"),
    "trainees:goal_delete": two("project", "goal_id", "goal"),
    "trainees:goal_move": two("project", "goal_id", "goal"),
    **{
        f"trainees:{name}": of("internship")
        for name in ("stay_detail", "stay_edit", "programme_edit", "budget_edit", "agreement_make")
    },
    "trainees:stay_step": of("internship", step="cancel"),
    **{
        f"trainees:{name}": of("over")
        for name in ("attendance_account", "attendance_ask", "look_back", "practice_report", "host_report")
    },
    "trainees:look_back_as": of("over", party="host"),
    "trainees:look_back_remind": of("over", party="host"),
    "trainees:signature": of("signature"),
    "trainees:signature_remind": of("signature"),
    "trainees:sign": linked("sign_agreement", "signature"),
    "trainees:attendance": linked("attendance", "over"),
    "trainees:look_back_by_link": linked("evaluate_host", "over", party="host"),
    "trainees:link_renew": linked("attendance", "over", purpose="attendance"),
    "helpdesk:request_edit": of("fresh"),
    **{
        f"helpdesk:{name}": of("request")
        for name in ("request_detail", "message_post", "request_assign", "request_read", "propose")
    },
    "helpdesk:request_step": of("request", step="withdraw"),
    "helpdesk:proposal_detail": of("proposal"),
    "helpdesk:proposal_step": of("proposal", step="withdraw"),
    "helpdesk:proposal_answer": linked("proposal", "proposal"),
    "helpdesk:proposal_renew": linked("proposal", "proposal"),
    **{f"network:{name}": of("workshop") for name in ("workshop_detail", "workshop_edit", "present")},
    "network:presentation_confirm": of("presentation"),
    "network:presentation_withdraw": of("presentation"),
    "certification:dossier_open": words(level="B"),
    "certification:dossier_detail": of("dossier"),
    **{f"certification:dossier_{name}": of("dossier_draft") for name in ("edit", "submit", "withdraw")},
    "certification:paper_add": of("dossier_draft", kind="stay"),
    "certification:paper_remove": of("paper"),
    "certification:paper_verify": of("paper"),
    **{f"certification:{name}": of("dossier") for name in ("vote", "recuse", "presented", "decide")},
    **{f"certification:{name}": of("session") for name in ("session_detail", "session_edit", "minutes")},
    **{f"certification:{name}": of("certificate") for name in ("certificate_detail", "certificate_again")},
    "certification:certificate_step": of("certificate", step="question"),
    **{
        f"grants:{name}": of("contract")
        for name in (
            "contract_detail",
            "contract_edit",
            "attach_list",
            "report_detail",
            "report_export",
            "report_pdf",
        )
    },
    "grants:attach": two("contract", "internship_id", "over"),
    "grants:mobility_reverse": of("mobility"),
    "grants:cost_new": of("mobility"),
    "grants:cost_reverse": of("cost"),
}
