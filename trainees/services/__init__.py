"""What is written about a trainee's journey. Each function is atomic and needs no request."""

from trainees.services.act import report_host, report_practice
from trainees.services.agreements import make_agreement, remind_signer, replan, sign
from trainees.services.internships import (
    cancel_internship,
    create_internship,
    save_budget,
    save_programme,
    save_stay,
)
from trainees.services.lookback import (
    ask_attendance,
    ask_due_attendance,
    ask_evaluations,
    confirm_attendance,
    evaluate,
    look_back,
    remind_evaluation,
)
from trainees.services.opinions import hide_evaluation, show_evaluation
from trainees.services.profile import find_or_add_employer, save_profile
from trainees.services.projects import (
    add_goal,
    delete_goal,
    drop_project,
    edit_goal,
    edit_project,
    finish_project,
    judge_goal,
    place_goal,
    resume_project,
    start_project,
)
from trainees.services.renewal import renew_link

__all__ = [
    "add_goal",
    "ask_attendance",
    "ask_due_attendance",
    "ask_evaluations",
    "cancel_internship",
    "confirm_attendance",
    "create_internship",
    "delete_goal",
    "drop_project",
    "edit_goal",
    "edit_project",
    "evaluate",
    "find_or_add_employer",
    "finish_project",
    "hide_evaluation",
    "judge_goal",
    "look_back",
    "make_agreement",
    "place_goal",
    "remind_evaluation",
    "remind_signer",
    "renew_link",
    "replan",
    "report_host",
    "report_practice",
    "resume_project",
    "save_budget",
    "save_profile",
    "save_programme",
    "save_stay",
    "show_evaluation",
    "sign",
    "start_project",
]
