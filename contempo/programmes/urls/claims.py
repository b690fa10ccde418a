"""Addresses of claims."""

from django.urls import URLPattern, path

from contempo.programmes.views.claims import claim, control, expenses, listing, payments

_CLAIMS = "piani/<slug:plan>/rendicontazione/"
_CLAIM = f"{_CLAIMS}<int:number>/"
_PAYMENTS = "piani/<slug:plan>/pagamenti/"

urlpatterns: list[URLPattern] = [
    path(_CLAIMS, listing.claims, name="claims"),
    path(f"{_CLAIMS}nuova/", listing.claim_new, name="claim_new"),
    path(_CLAIM, claim.claim, name="claim"),
    path(f"{_CLAIM}modifica/", claim.claim_edit, name="claim_edit"),
    path(f"{_CLAIM}elimina/", claim.claim_remove, name="claim_remove"),
    path(f"{_CLAIM}invia/", claim.claim_send, name="claim_send"),
    path(f"{_CLAIM}ritira/", claim.claim_withdraw, name="claim_withdraw"),
    path(f"{_CLAIM}spese/nuova/", expenses.expense, name="expense_new"),
    path(f"{_CLAIM}spese/resto/", expenses.expense_left, name="expense_left"),
    path(f"{_CLAIM}spese/<int:position>/", expenses.expense, name="expense"),
    path(f"{_CLAIM}spese/<int:position>/elimina/", expenses.expense_remove, name="expense_remove"),
    path(f"{_CLAIM}spese/<int:position>/documenti/<uuid:key>/", claim.claim_paper, name="claim_paper"),
    path(
        f"{_CLAIM}spese/<int:position>/documenti/<uuid:key>/elimina/", claim.claim_paper_drop, name="claim_paper_drop"
    ),
    path(f"{_CLAIM}controllo/", control.claim_control, name="claim_control"),
    path(f"{_CLAIM}controllo/inizia/", control.claim_begin, name="claim_begin"),
    path(f"{_CLAIM}controllo/prendi/", control.claim_take_over, name="claim_take_over"),
    path(f"{_CLAIM}controllo/ammetti/", control.claim_accept_rest, name="claim_accept_rest"),
    path(f"{_CLAIM}controllo/chiudi/", control.claim_close, name="claim_close"),
    path(f"{_CLAIM}controllo/rimanda/", control.claim_give_back, name="claim_give_back"),
    path(f"{_CLAIM}controllo/<int:position>/", control.claim_control, name="expense_judge"),
    path(f"{_CLAIM}paga/", control.claim_pay, name="claim_pay"),
    path(_PAYMENTS, payments.payments, name="payments"),
    path(f"{_PAYMENTS}saldi/", payments.balances, name="balances"),
    path(f"{_PAYMENTS}anticipo/", payments.advance_new, name="advance_new"),
]
