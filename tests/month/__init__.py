"""A month at the service desk of the demo mall: complaints come in, people come and go, and a worker sweeps.

`play.py` lets the time pass, `people.py` is the rota and who takes the next step, `calls.py` who rings afterwards,
`looking.py` and `limits.py` what must be true in the end, told apart from the code. Used by tests/spine (two days) and
by `bin/deep month` (thirty).
"""
