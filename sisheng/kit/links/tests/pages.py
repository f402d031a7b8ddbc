"""The page of a link, as a slice will bring it."""

from django.http import HttpResponse

from sisheng.kit.links.actions import use

PAGES = {"survey": "sisheng.kit.links.tests.pages.survey"}


def survey(request, link):
    if request.method == "POST":
        request.act.must("surveys.answer", link.mall)
        use(request.act, link)
        return HttpResponse("thank you")
    return HttpResponse(f"{link.purpose} about {link.case.number} by {request.act.by.actor_key}")
