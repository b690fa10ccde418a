from django.urls import path

from contempo.web.imports import views

app_name = "imports"

_HERE = "importazioni/<str:kind>/<int:about>/"

urlpatterns = [
    path(_HERE, views.runs, name="runs"),
    path(f"{_HERE}nuova/", views.upload, name="upload"),
    path(f"{_HERE}esporta/", views.export, name="export"),
    path(f"{_HERE}modello/", views.template, name="template"),
    path(f"{_HERE}<int:run>/", views.run, name="run"),
    path(f"{_HERE}<int:run>/colonne/", views.columns, name="columns"),
    path(f"{_HERE}<int:run>/lettura/", views.layout, name="layout"),
    path(f"{_HERE}<int:run>/conferma/", views.confirm, name="confirm"),
    path(f"{_HERE}<int:run>/scarta/", views.drop, name="drop"),
    path(f"{_HERE}<int:run>/riprendi/", views.go_on, name="go_on"),
    path(f"{_HERE}<int:run>/annulla/", views.undo, name="undo"),
    path(f"{_HERE}<int:run>/da-correggere/", views.wrong_rows, name="wrong_rows"),
]
