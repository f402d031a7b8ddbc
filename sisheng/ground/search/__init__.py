"""One search with two implementations (D9).

    actions.index · index_many · drop    put things in and take them out, in the caller's transaction
    finding.find                         what of one mall answers to some words
    readings.Entry · rank                names that are filtered in memory, here and in the browser

documents.py says what a thing is found by, questions.py what somebody may mean, engines/ who holds the words.
"""
