"""The shops of a mall, taken over from the table of a property system."""

from sisheng.mall.directory.imports.carrying_out import import_shops
from sisheng.mall.directory.imports.shops import shop_spec

__all__ = ["import_shops", "shop_spec"]
