"""泊云汇, the demo mall (invented from the first floor to the last).

    from sisheng.config.demo.loading import load
    summary = load(password="…", at=now)

data/ holds what it is made of, in files that people can read; the modules beside it write it down.
"""
