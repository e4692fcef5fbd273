"""Addresses of people, departments and groups."""

from django.urls import path

from . import departments, groups, invitations, leaving, views

urlpatterns = [
    path("", views.employee_list, name="employee-list"),
    path("invite/", invitations.invite, name="employee-invite"),
    path("<int:pk>/", views.detail, name="employee-detail"),
    path("<int:pk>/edit/", views.edit, name="employee-edit"),
    path("<int:pk>/roles/", views.give, name="employee-give-role"),
    path("<int:pk>/deactivate/", leaving.deactivate, name="employee-deactivate"),
    path("<int:pk>/invitation/renew/", invitations.renew, name="invitation-renew"),
    path("<int:pk>/invitation/withdraw/", invitations.withdraw, name="invitation-withdraw"),
    path("departments/", departments.department_list, name="department-list"),
    path("departments/new/", departments.create, name="department-create"),
    path("departments/<int:pk>/", departments.edit, name="department-edit"),
    path("departments/<int:pk>/delete/", departments.delete, name="department-delete"),
    path("groups/", groups.group_list, name="group-list"),
    path("groups/new/", groups.create, name="group-create"),
    path("groups/<int:pk>/", groups.edit, name="group-edit"),
    path("groups/<int:pk>/delete/", groups.delete, name="group-delete"),
]
"""Everything here asks for the right to access permissions; see ``doors.py`` for the rest."""
