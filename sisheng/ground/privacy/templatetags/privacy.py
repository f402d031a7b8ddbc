"""Masks for templates: {% load privacy %} {{ customer.phone|mask_phone }} {{ customer.name|mask_name }}
{{ note.text|scrubbed }}"""

from django import template

from sisheng.ground.privacy import masks, phones
from sisheng.ground.privacy.scrubbing import scrub

register = template.Library()
register.filter("mask_phone", masks.mask_phone)
register.filter("mask_name", masks.mask_name)
register.filter("spoken_phone", phones.spoken)
register.filter("scrubbed", scrub)
