"""Addresses of agreements and of what belongs to them, under `/<network>/lavoro-agile/`."""

from django.urls import URLPattern, path

from contempo.agile.views.agreements import keeping, listing, safety, steps, wizard

_EMPLOYER = "lavoro-agile/<slug:employer>/"
_ALL = f"{_EMPLOYER}accordi/"
_ONE = f"{_ALL}<int:number>/"
_TOLD = f"{_EMPLOYER}comunicazioni/"
_SAFETY = f"{_EMPLOYER}informativa/"
_GROUNDS = f"{_EMPLOYER}priorita/"

urlpatterns: list[URLPattern] = [
    path(_ALL, listing.agreements, name="agreements"),
    path(f"{_ALL}registro/", listing.agreements_register, name="agreements_register"),
    path(f"{_ALL}nuovo/", listing.agreement_new, name="agreement_new"),
    path(f"{_ALL}testi/", keeping.agreement_words, name="agreement_words"),
    path(_ONE, steps.agreement, name="agreement"),
    path(f"{_ONE}pdf/", steps.agreement_pdf, name="agreement_pdf"),
    path(f"{_ONE}riprendi/", wizard.agreement_resume, name="agreement_resume"),
    path(f"{_ONE}passo/<slug:step>/", wizard.agreement_step, name="agreement_step"),
    path(f"{_ONE}riepilogo/", wizard.agreement_summary, name="agreement_summary"),
    path(f"{_ONE}invia/", wizard.agreement_submit, name="agreement_submit"),
    path(f"{_ONE}rinuncia/", wizard.agreement_drop, name="agreement_drop"),
    path(f"{_ONE}approva/", steps.agreement_approve, name="agreement_approve"),
    path(f"{_ONE}decidi/", steps.agreement_decide, name="agreement_decide"),
    path(f"{_ONE}firma/", steps.agreement_sign, name="agreement_sign"),
    path(f"{_ONE}recesso/", steps.agreement_withdraw, name="agreement_withdraw"),
    path(f"{_ONE}valutazione/", steps.agreement_evaluate, name="agreement_evaluate"),
    path(_TOLD, keeping.communications, name="communications"),
    path(f"{_TOLD}file/<slug:kind>/", keeping.communications_file, name="communications_file"),
    path(f"{_TOLD}<int:communication_id>/", keeping.communication_told, name="communication_told"),
    path(_SAFETY, safety.safety, name="safety"),
    path(f"{_SAFETY}nuova/", safety.safety_publish, name="safety_publish"),
    path(f"{_SAFETY}<int:year>/", safety.safety, name="safety_of"),
    path(f"{_SAFETY}<int:year>/conferma/", safety.safety_acknowledge, name="safety_acknowledge"),
    path(f"{_SAFETY}<int:year>/mancano/", safety.safety_missing, name="safety_missing"),
    path(f"{_SAFETY}<int:year>/sollecita/", safety.safety_remind, name="safety_remind"),
    path(_GROUNDS, keeping.priorities, name="priorities"),
    path(f"{_GROUNDS}nuova/", keeping.priority_new, name="priority_new"),
    path(f"{_GROUNDS}<int:verification_id>/fine/", keeping.priority_end, name="priority_end"),
]
