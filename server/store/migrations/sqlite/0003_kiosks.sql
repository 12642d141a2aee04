-- Places of tablets, over all tablets that have stood there.
CREATE TABLE kiosks (
    id BLOB NOT NULL PRIMARY KEY,
    venue BLOB NOT NULL REFERENCES venues (id),
    name TEXT NOT NULL, -- where it stands: "foyer"
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX kiosks_by_venue ON kiosks (venue);

-- Tablets paired with kiosks. A revoked pairing stays: another tablet may deliver its answers.
CREATE TABLE pairings (
    id BLOB NOT NULL PRIMARY KEY,
    kiosk BLOB NOT NULL REFERENCES kiosks (id),
    token BLOB NOT NULL, -- SHA-256 of the bearer token
    paired_at INTEGER NOT NULL,
    revoked_at INTEGER,
    heartbeat TEXT, -- JSON, the last sign of life
    last_contact INTEGER, -- when it came
    seq_told INTEGER NOT NULL DEFAULT 0 -- the highest response number a sign of life has told
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX pairings_by_token ON pairings (token) WHERE revoked_at IS NULL;
CREATE INDEX pairings_by_kiosk ON pairings (kiosk);

-- The response numbers seen from each pairing, so that a gap is visible. Never stored with a
-- response, never unique. No foreign key: it would be looked up for every response.
CREATE TABLE pairing_seq (
    pairing BLOB NOT NULL,
    block INTEGER NOT NULL, -- holds the numbers 32 * block + 1 to 32 * block + 32
    bits INTEGER NOT NULL, -- bit i: the number 32 * block + 1 + i was seen
    PRIMARY KEY (pairing, block)
) STRICT, WITHOUT ROWID;
