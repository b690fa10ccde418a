"""Addresses for visitors, members and applicants."""

from django.urls import path

from contempo.network.views import agreement, figures, members
from contempo.network.views.accession import following, sending, service, wizard

urlpatterns = [
    path("soggetti/", members.members, name="members"),
    path("soggetti/mappa/", members.members_map, name="members_map"),
    path("soggetti/<slug:slug>/", members.member, name="member"),
    path("crescita/", figures.growth, name="growth"),
    path("accordo/", agreement.agreement, name="agreement"),
    path("accordo/<int:number>/", agreement.agreement, name="agreement_version"),
    path("logo/", members.logo, name="logo"),
    path("comuni/", service.municipalities, name="municipalities"),
    path("adesione/", service.join, name="join"),
    path("adesione/inizia/", service.join_begin, name="join_begin"),
    path("adesione/mie/", service.mine, name="my_requests"),
    path("adesione/riprendi/<uuid:key>/<str:secret>/", service.resume, name="resume"),
    path("adesione/<uuid:key>/", following.follow, name="request"),
    path("adesione/<uuid:key>/continua/", wizard.go_on, name="go_on"),
    path("adesione/<uuid:key>/riepilogo/", sending.summary, name="summary"),
    path("adesione/<uuid:key>/invia/", sending.send, name="submit"),
    path("adesione/<uuid:key>/salvata/", sending.saved, name="saved"),
    path("adesione/<uuid:key>/elimina/", sending.discard, name="discard"),
    path("adesione/<uuid:key>/ritira/", following.take_back, name="withdraw"),
    path("adesione/<uuid:key>/firma/", following.sign_agreement, name="sign"),
    path("adesione/<uuid:key>/copia-firmata/", following.signed_copy, name="signed_copy"),
    path("adesione/<uuid:key>/documenti/<uuid:attachment>/", sending.document, name="document"),
    path("adesione/<uuid:key>/<slug:step>/", wizard.step, name="step"),
]
