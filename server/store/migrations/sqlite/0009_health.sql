-- When a tablet told fewer responses than it once had: its storage had been cleared.
ALTER TABLE pairings ADD COLUMN cleared_at INTEGER;

-- What people are told about: something that began at a kiosk, and perhaps ended.
CREATE TABLE alerts (
    id BLOB NOT NULL PRIMARY KEY,
    kiosk BLOB NOT NULL REFERENCES kiosks (id),
    kind TEXT NOT NULL, -- silent, cleared, rejected
    began_at INTEGER NOT NULL,
    ended_at INTEGER, -- null: it is so now
    told_at INTEGER, -- null: people have not been told that it began, as in quiet hours
    end_told_at INTEGER -- null: nor that it ended
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX alerts_by_kiosk ON alerts (kiosk, kind, began_at);

-- Letters and calls to programs, by which people are told.
CREATE TABLE messages (
    id BLOB NOT NULL PRIMARY KEY,
    alert BLOB NOT NULL REFERENCES alerts (id) ON DELETE CASCADE,
    way TEXT NOT NULL, -- email, webhook
    target TEXT NOT NULL, -- an e-mail address, or the address of a program
    payload TEXT NOT NULL, -- JSON: what is sent
    made_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL, -- when it is tried, or tried again
    tries INTEGER NOT NULL DEFAULT 0, -- how often it failed
    trouble TEXT, -- why it failed the last time
    sent_at INTEGER,
    given_up_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX messages_due ON messages (due_at) WHERE sent_at IS NULL AND given_up_at IS NULL;
CREATE INDEX messages_by_alert ON messages (alert);

-- Jobs that one server at a time does, of several on one database.
CREATE TABLE leases (
    job TEXT NOT NULL PRIMARY KEY,
    holder BLOB NOT NULL, -- which server
    until INTEGER NOT NULL -- from then on any other may take it
) STRICT, WITHOUT ROWID;
