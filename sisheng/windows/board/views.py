"""The desk's own screen."""

from django.shortcuts import render


def home(request):
    return render(request, "board/home.html")
