-- Calendars outside that follow the programme, each by an address of its own.
CREATE TABLE feeds (
    id BLOB NOT NULL PRIMARY KEY,
    token BLOB NOT NULL UNIQUE, -- SHA-256 of what opens it
    name TEXT NOT NULL, -- whose calendar it is
    venue BLOB REFERENCES venues (id) ON DELETE CASCADE, -- NULL: every venue
    lang TEXT NOT NULL,
    made_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
