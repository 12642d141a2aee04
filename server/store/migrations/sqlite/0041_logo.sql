-- The organisation's logo as it is served, drawn anew from whatever file was sent; that file is not kept.
CREATE TABLE logo (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    hash TEXT NOT NULL, -- of both pictures; a part of their addresses
    alt TEXT NOT NULL, -- said instead of it; empty: the organisation's name
    small BLOB NOT NULL, -- PNG, for screens and mails
    small_width INTEGER NOT NULL,
    small_height INTEGER NOT NULL,
    large BLOB NOT NULL, -- PNG, for paper
    large_width INTEGER NOT NULL,
    large_height INTEGER NOT NULL
) STRICT;
