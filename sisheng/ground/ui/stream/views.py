"""The address of the event stream, where another server than ours serves the pages."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET


@require_GET
def stream_elsewhere(request: HttpRequest) -> HttpResponse:
    """There is no stream here: 204 tells the browser not to ask again, and the panels ask for themselves."""
    return HttpResponse(status=204)
