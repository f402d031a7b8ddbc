"""How the site is served: pages by threads, the event stream by one loop, both on one port (docs/adr)."""
