"""The sixty days before the demo was loaded (domain 4.13): the same every time, relative to the day of loading.

    from sisheng.config.demo.history.writing import write
    write(summary.mall, at=now)

Contacts are written in bulk. Inquiries, complaints, calls and improvements are played: each step went through the same
door as a real one, at its own time.
"""
