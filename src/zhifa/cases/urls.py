"""Addresses of this room, below the workbench's."""

from django.urls import path

from zhifa.cases.views import (
    correcting,
    custody,
    handing_on,
    lists,
    numbers,
    opening,
    opinions,
    pages,
    paper_correcting,
    serving,
    steps,
    succession,
)

app_name = "cases"
urlpatterns = [
    path("search/", lists.search, name="search"),
    path("cases/", lists.cases, name="list"),
    path("cases/export/", lists.export, name="export"),
    path("cases/new/", opening.new, name="new"),
    path("cases/handing-on/", handing_on.hand_on, name="reassign_work"),
    path("cases/new/items/", opening.items, name="items"),
    path("cases/going-on/<uuid:body_id>/", succession.go_on, name="go_on"),
    path("cases/numbers/<uuid:body_id>/", numbers.numbers, name="numbers"),
    path("cases/<uuid:case_id>/", pages.detail, name="detail"),
    path("cases/<uuid:case_id>/terms/<int:position>/", pages.term, name="term"),
    path("cases/<uuid:case_id>/step/<slug:action>/", steps.step, name="step"),
    path("cases/<uuid:case_id>/step/<slug:action>/check/", steps.check, name="check"),
    path("cases/<uuid:case_id>/step/<slug:action>/preview/", steps.preview, name="preview"),
    path("cases/<uuid:case_id>/opinion/", opinions.opinion, name="opinion"),
    path("cases/<uuid:case_id>/correct/<int:sequence>/", correcting.correct, name="correct"),
    path(
        "cases/<uuid:case_id>/corrections/<int:asked>/", correcting.answer,
        name="answer_correction",
    ),
    path("cases/<uuid:case_id>/evidence/<uuid:item_id>/", custody.item, name="evidence"),
    path(
        "cases/<uuid:case_id>/evidence/<uuid:item_id>/custody/", custody.note, name="note_custody"
    ),
    path(
        "cases/<uuid:case_id>/evidence/<uuid:item_id>/exclusion/", custody.exclude,
        name="exclude_evidence",
    ),
    path(
        "cases/<uuid:case_id>/papers/<uuid:document_id>/signed/", pages.sign_paper,
        name="sign_paper",
    ),
    path(
        "cases/<uuid:case_id>/papers/<uuid:document_id>/correct/", paper_correcting.correct_paper,
        name="correct_paper",
    ),
    path(
        "cases/<uuid:case_id>/papers/<uuid:document_id>/service/", serving.serve_notice,
        name="serve_notice",
    ),
]  # fmt: skip
