"""How far the pages of this process know what happened: so much need not be told to the streams they open."""

settled: int | None = None  # the id of an event; none where no stream is served
