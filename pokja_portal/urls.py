"""The URL table: each app brings its own Indonesian paths."""

from django.contrib import admin
from django.urls import include, path

admin.site.site_header = "Portal Pokja Bangga Kencana"
admin.site.site_title = "Portal Pokja Bangga Kencana"
admin.site.index_title = "Administrasi"

# No two apps have the same address; those asked for most stand first, since Django goes down the
# list for each request.
urlpatterns = [
    path("", include("apps.dashboard.urls")),
    path("", include("apps.accounts.urls")),
    path("", include("apps.inbox.urls")),
    path("", include("apps.filing.urls")),
    path("", include("apps.checking.urls")),
    path("", include("apps.documents.urls")),
    path("", include("apps.exchange.urls")),
    path("", include("apps.library.urls")),
    path("", include("apps.notices.urls")),
    path("", include("apps.deadlines.urls")),
    path("", include("apps.reviews.urls")),
    path("", include("apps.discussion.urls")),
    path("", include("apps.campaign.urls")),
    path("", include("apps.search.urls")),
    path("", include("apps.handover.urls")),
    path("", include("apps.regulations.urls")),
    path("", include("apps.scoring.urls")),
    path("", include("apps.books.urls")),
    path("", include("apps.attainment.urls")),
    path("", include("apps.examples.urls")),
    path("", include("apps.territory.urls")),
    path("", include("apps.papers.urls")),
    path("", include("apps.guides.urls")),
    path("", include("apps.trail.urls")),
    path("", include("apps.recap.urls")),
    path("", include("apps.report_cards.urls")),
    path("", include("apps.comparison.urls")),
    path("", include("apps.open_data.urls")),
    path("", include("apps.api.urls")),
    path("", include("apps.operations.urls")),
    path("", include("apps.practice.urls")),
    path("", include("apps.backup.urls")),
    path("admin/", admin.site.urls),
]

handler400 = "apps.core.views.bad_request"
handler403 = "apps.core.views.permission_denied"
handler404 = "apps.core.views.page_not_found"
handler500 = "apps.core.views.server_error"
