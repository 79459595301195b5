"""Addresses of the journey."""

from django.urls import path

from trainees.views import act, agreement, home, lookback, opinions, party, profile, project, stay

app_name = "trainees"
urlpatterns = [
    path("", home.home, name="home"),
    path("profile/", profile.profile_edit, name="profile"),
    path("organisations/", profile.organisation_options, name="organisation_options"),
    path("waiting/", party.party_home, name="party_home"),
    # the project
    path("start/", project.project_start, name="project_start"),
    path("projects/<slug:public_id>/", project.project_detail, name="project_detail"),
    path("projects/<slug:public_id>/edit/", project.project_edit, name="project_edit"),
    path("projects/<slug:public_id>/step/<slug:step>/", project.project_step, name="project_step"),
    path("projects/<slug:public_id>/goals/new/", project.goal_add, name="goal_add"),
    path("projects/<slug:public_id>/goals/check/", project.goal_check, name="goal_check"),
    path("projects/<slug:public_id>/goals/results/", lookback.goal_results, name="goal_results"),
    path("projects/<slug:public_id>/goals/<slug:goal_id>/", project.goal_edit, name="goal_edit"),
    path("projects/<slug:public_id>/goals/<slug:goal_id>/move/", project.goal_move, name="goal_move"),
    path("projects/<slug:public_id>/goals/<slug:goal_id>/delete/", project.goal_delete, name="goal_delete"),
    path("projects/<slug:public_id>/action-plan/", act.action_plan, name="action_plan"),
    # the stay
    path("stays/<slug:public_id>/", stay.stay_detail, name="stay_detail"),
    path("stays/<slug:public_id>/details/", stay.stay_edit, name="stay_edit"),
    path("stays/<slug:public_id>/programme/", stay.programme_edit, name="programme_edit"),
    path("stays/<slug:public_id>/budget/", stay.budget_edit, name="budget_edit"),
    path("stays/<slug:public_id>/step/<slug:step>/", stay.stay_step, name="stay_step"),
    path("stays/<slug:public_id>/agreement/", agreement.agreement_make, name="agreement_make"),
    path("stays/<slug:public_id>/attendance/", lookback.attendance_account, name="attendance_account"),
    path("stays/<slug:public_id>/attendance/ask/", lookback.attendance_ask, name="attendance_ask"),
    path("stays/<slug:public_id>/look-back/", lookback.look_back, name="look_back"),
    path("stays/<slug:public_id>/look-back/<slug:party>/", lookback.look_back_as, name="look_back_as"),
    path(
        "stays/<slug:public_id>/look-back/<slug:party>/remind/",
        lookback.look_back_remind,
        name="look_back_remind",
    ),
    path("stays/<slug:public_id>/practice/", act.practice_report, name="practice_report"),
    path("stays/<slug:public_id>/new-host/", act.host_report, name="host_report"),
    path("evaluations/<slug:public_id>/hide/", opinions.evaluation_hide, name="evaluation_hide"),
    path("evaluations/<slug:public_id>/show/", opinions.evaluation_show, name="evaluation_show"),
    path("signatures/<slug:public_id>/", agreement.signature, name="signature"),
    path("signatures/<slug:public_id>/remind/", agreement.signature_remind, name="signature_remind"),
    # by signed link, without an account
    path("sign/<str:token>/", agreement.sign, name="sign"),
    path("attendance/<str:token>/", lookback.attendance, name="attendance"),
    path("look-back/<slug:party>/<str:token>/", lookback.look_back_by_link, name="look_back_by_link"),
    path("links/<slug:purpose>/<str:token>/renew/", agreement.link_renew, name="link_renew"),
]
