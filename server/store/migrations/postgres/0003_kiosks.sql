-- Places of tablets, over all tablets that have stood there.
CREATE TABLE kiosks (
    id UUID NOT NULL PRIMARY KEY,
    venue UUID NOT NULL REFERENCES venues (id),
    name TEXT NOT NULL, -- where it stands: "foyer"
    created_at BIGINT NOT NULL
);

CREATE INDEX kiosks_by_venue ON kiosks (venue);

-- Tablets paired with kiosks. A revoked pairing stays: another tablet may deliver its answers.
CREATE TABLE pairings (
    id UUID NOT NULL PRIMARY KEY,
    kiosk UUID NOT NULL REFERENCES kiosks (id),
    token BYTEA NOT NULL, -- SHA-256 of the bearer token
    paired_at BIGINT NOT NULL,
    revoked_at BIGINT,
    heartbeat TEXT, -- JSON, the last sign of life
    last_contact BIGINT, -- when it came
    seq_told BIGINT NOT NULL DEFAULT 0 -- the highest response number a sign of life has told
);

CREATE UNIQUE INDEX pairings_by_token ON pairings (token) WHERE revoked_at IS NULL;
CREATE INDEX pairings_by_kiosk ON pairings (kiosk);

-- The response numbers seen from each pairing, so that a gap is visible. Never stored with a
-- response, never unique. No foreign key: it would be looked up for every response.
CREATE TABLE pairing_seq (
    pairing UUID NOT NULL,
    block BIGINT NOT NULL, -- holds the numbers 32 * block + 1 to 32 * block + 32
    bits BIGINT NOT NULL, -- bit i: the number 32 * block + 1 + i was seen
    PRIMARY KEY (pairing, block)
);
