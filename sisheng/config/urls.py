"""What is where."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from sisheng.ground.ui.stream.views import stream_elsewhere
from sisheng.mall.staff import views as staff

urlpatterns = [
    path("", staff.front_door, name="front-door"),
    path("login/", staff.LoginView.as_view(), name="login"),
    path("logout/", staff.logout, name="logout"),
    path("language/", login_not_required(set_language), name="set_language"),
    path("ui/", include("sisheng.ground.ui.urls")),
    path("<slug:mall>/desk/stream/", stream_elsewhere, name="stream"),
    path("<slug:mall>/desk/duty/", include("sisheng.mall.staff.urls")),
    path("<slug:mall>/desk/approvals/", include("sisheng.kit.approvals.urls")),
    path("<slug:mall>/desk/here/", include("sisheng.kit.presence.urls")),
    path("<slug:mall>/desk/contacts/", include("sisheng.desk.contacts.urls")),
    path("<slug:mall>/desk/knowledge/", include("sisheng.desk.knowledge.urls")),
    path("<slug:mall>/desk/inquiries/", include("sisheng.desk.inquiries.urls")),
    path("<slug:mall>/desk/messages/", include("sisheng.kit.messages.urls")),
    path("<slug:mall>/desk/evidence/", include("sisheng.kit.evidence.urls")),
    path("<slug:mall>/desk/complaints/figures/", include("sisheng.windows.reports.urls")),
    path("<slug:mall>/desk/complaints/", include("sisheng.desk.complaints.urls")),
    path("<slug:mall>/desk/improvements/", include("sisheng.desk.improvements.urls")),
    path("<slug:mall>/desk/praise/", include("sisheng.desk.praise.urls")),
    path("<slug:mall>/desk/training/", include("sisheng.desk.training.urls")),
    path("<slug:mall>/desk/quality/", include("sisheng.desk.quality.urls")),
    path("<slug:mall>/desk/book/", include("sisheng.windows.book.urls")),
    path("<slug:mall>/desk/statements/", include("sisheng.windows.shops.urls")),
    path("<slug:mall>/desk/followups/", include("sisheng.desk.followups.urls")),
    path("<slug:mall>/desk/plans/", include("sisheng.desk.plans.urls")),
    path("<slug:mall>/desk/", include("sisheng.windows.board.urls")),
    path("<slug:mall>/l/", include("sisheng.kit.links.urls")),
    path("<slug:mall>/", include("sisheng.windows.portal.urls")),
]

handler400 = "sisheng.ground.ui.errors.bad_request"
handler403 = "sisheng.ground.ui.errors.not_allowed"
handler404 = "sisheng.ground.ui.errors.not_found"
handler500 = "sisheng.ground.ui.errors.server_error"
