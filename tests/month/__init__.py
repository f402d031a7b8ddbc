"""A month at the service desk of the demo mall: complaints come in, people come and go, and a worker sweeps.

`play.py` lets the time pass, `people.py` is the rota and who takes the next step, `looking.py` what must be true
afterwards, told apart from the code. Used by tests/spine (two days) and by `bin/deep month` (thirty).
"""
