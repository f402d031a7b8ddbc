"""The event stream: each open desk is told that something of a topic has changed, and then asks for it itself.

Whoever records an event has nothing to do for it. Each web process looks at the table of events twice a second and
tells the desks of the mall; no desk holds a connection to the database (stack §5, docs/adr).
"""
