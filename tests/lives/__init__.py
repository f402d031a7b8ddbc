"""Random lives of complaints, played with the real actions and compared with what must be true of each (CMP-01).

`house.py` is where they happen, `moves.py` what people do, `oracle.py` what the clocks must show, `faults.py` breaks a
write or lets a second worker in between, `life.py` plays and `looking.py` compares. Used by tests/spine (short) and by
`bin/deep complaints` (long).
"""
