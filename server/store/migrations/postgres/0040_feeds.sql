-- Calendars outside that follow the programme, each by an address of its own.
CREATE TABLE feeds (
    id UUID NOT NULL PRIMARY KEY,
    token BYTEA NOT NULL UNIQUE, -- SHA-256 of what opens it
    name TEXT NOT NULL, -- whose calendar it is
    venue UUID REFERENCES venues (id) ON DELETE CASCADE, -- NULL: every venue
    lang TEXT NOT NULL,
    made_at BIGINT NOT NULL
);
