"""The front door: logging in and out, and finding one's desk."""

from django.contrib.auth import logout as end_session
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView as DjangoLoginView
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET, require_POST

from sisheng.ground.ui.http import sorry
from sisheng.mall.directory.models import Mall


class LoginForm(AuthenticationForm):
    error_messages = {
        "invalid_login": _lazy("The staff code or the password is wrong. Check both and try again."),
        "inactive": _lazy("This staff code may not log in any more. Ask your manager."),
    }


@method_decorator(login_not_required, name="dispatch")
class LoginView(DjangoLoginView):
    template_name = "staff/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True


@require_POST
def logout(request):
    end_session(request)
    return redirect("login")


@require_GET
def front_door(request):
    """Send each person to the desk of the first mall where they hold a post."""
    mall = Mall.objects.filter(pk__in=request.user.roles_by_mall).order_by("pk").first()
    if mall is None:
        return sorry(request, 403, _("You hold no post in any mall yet. Ask your manager to give you one."))
    return redirect("board:home", mall=mall.slug)


def locked_out(request, credentials, *args, **kwargs):
    sentence = _("Too many wrong passwords. Wait 15 minutes, or ask your lead to set a new one.")
    return sorry(request, 429, sentence)
