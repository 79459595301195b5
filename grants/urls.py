"""Addresses of this room."""

from django.urls import path

from grants.views import attaching, contracts, costs, rates, reports

app_name = "grants"
urlpatterns = [
    path("", contracts.home, name="home"),
    path("rates/", rates.rate_list, name="rate_list"),
    path("contracts/new/", contracts.contract_new, name="contract_new"),
    path("contracts/<str:public_id>/", contracts.contract_detail, name="contract_detail"),
    path("contracts/<str:public_id>/edit/", contracts.contract_edit, name="contract_edit"),
    path("contracts/<str:public_id>/attach/", attaching.attach_list, name="attach_list"),
    path("contracts/<str:public_id>/attach/<str:internship_id>/", attaching.attach, name="attach"),
    path("contracts/<str:public_id>/report/", reports.report_detail, name="report_detail"),
    path("contracts/<str:public_id>/report/export/", reports.report_export, name="report_export"),
    path("contracts/<str:public_id>/report/pdf/", reports.report_pdf, name="report_pdf"),
    path("mobilities/<str:public_id>/costs/new/", costs.cost_new, name="cost_new"),
    path("costs/<str:public_id>/reverse/", costs.cost_reverse, name="cost_reverse"),
    path("mobilities/<str:public_id>/reverse/", attaching.mobility_reverse, name="mobility_reverse"),
]
