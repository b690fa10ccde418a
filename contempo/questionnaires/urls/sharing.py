"""What others read of questionnaires: good practices, needs."""

from django.urls import path

from contempo.questionnaires.views.sharing import needs, practices

_CAMPAIGN = "questionari/<int:campaign>/pratiche/"

urlpatterns = [
    path("buone-pratiche/", practices.practices, name="practices"),
    path("buone-pratiche/<int:practice>/", practices.practice, name="practice"),
    path("buone-pratiche/consenso/<str:token>/", practices.practice_consent, name="practice_consent"),
    path("questionari/bisogni/", needs.needs, name="needs"),
    path("questionari/bisogni/risposte/", needs.need_answers, name="need_answers"),
    path(_CAMPAIGN, practices.campaign_practices, name="campaign_practices"),
    path(f"{_CAMPAIGN}nuova/", practices.practice_new, name="practice_new"),
    path(f"{_CAMPAIGN}<int:practice>/", practices.campaign_practice, name="campaign_practice"),
    path(f"{_CAMPAIGN}<int:practice>/<str:step>/", practices.practice_step, name="practice_step"),
]
