"""One form an action (各环节表单): found by the data class of the step, so that none is missing."""

from collections.abc import Mapping
from typing import Any

from zhifa.cases.forms import deciding, drafting, investigation, opening, rights
from zhifa.cases.forms.base import StepForm
from zhifa.procedures import actions as a

# give_opinion and corrections have pages of their own; register_clue opens a case.
FORMS: Mapping[type[Any], type[StepForm]] = {
    form.says: form
    for form in (
        opening.RegisterClueForm, opening.VerifyForm, opening.FileForm, opening.ReasonedForm,
        opening.HandOverForm, opening.ReassignForm, investigation.InvestigateForm,
        investigation.InspectOnSiteForm, investigation.InterviewForm,
        investigation.CollectEvidenceForm, investigation.RegisterPreservationForm,
        investigation.DisposePreservationForm, investigation.SendForTestingForm,
        investigation.ReceiveResultForm, investigation.AnswerGateForm, drafting.ReportForm,
        drafting.ReviseDraftForm, deciding.CaseReviewForm, rights.ServePartyForm,
        rights.RecordDefenceForm, rights.WaiveDefenceForm, rights.RequestHearingForm,
        rights.AppointHostForm, rights.HandPapersForm, rights.FixHearingDayForm,
        rights.AnnounceForm, rights.OpenHearingForm, rights.CloseHearingForm,
        rights.ReportHearingForm, rights.EndHearingForm, deciding.SubmitReviewForm,
        deciding.DiscussForm, deciding.DecideForm, deciding.ExtendTermForm,
        deciding.RecordPaymentForm, deciding.PerformForm, deciding.PublishForm,
        deciding.InstalmentForm, deciding.RemedyForm, deciding.CloseForm, deciding.ArchiveForm,
        deciding.DecideRecusalForm, deciding.LinkCaseForm,
    )
}  # fmt: skip
OWN_PAGES: Mapping[type[Any], str] = {
    a.GiveOpinion: "cases:opinion",
    a.AskCorrection: "cases:detail",
    a.Correct: "cases:detail",
    a.RefuseCorrection: "cases:detail",
}


def form_class(data: type[Any]) -> type[StepForm]:
    """Return the form that says this data class; raises KeyError for one with a page of its own."""
    return FORMS[data]
