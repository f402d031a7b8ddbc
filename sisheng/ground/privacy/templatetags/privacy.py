"""Masks for templates: {% load privacy %} {{ customer.phone|mask_phone }} {{ customer.name|mask_name }}"""

from django import template

from sisheng.ground.privacy import masks, phones

register = template.Library()
register.filter("mask_phone", masks.mask_phone)
register.filter("mask_name", masks.mask_name)
register.filter("spoken_phone", phones.spoken)
