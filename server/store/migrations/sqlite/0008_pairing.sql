-- Tablets that show three words and wait until staff type them.
CREATE TABLE waiting_tablets (
    id BLOB NOT NULL PRIMARY KEY, -- of the pairing that it is to become
    token BLOB NOT NULL UNIQUE, -- SHA-256 of the token that the tablet made
    words BLOB NOT NULL UNIQUE, -- 16 bytes, keyed hash of the words
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A pairing keeps its venue when its kiosk moves: answers that it took arrive late. One that ended
-- says how. SQLite adds no column without a default, so the table is made anew.
CREATE TABLE pairings_with_place (
    id BLOB NOT NULL PRIMARY KEY,
    kiosk BLOB NOT NULL REFERENCES kiosks (id),
    venue BLOB NOT NULL REFERENCES venues (id), -- where its answers belong
    token BLOB NOT NULL, -- SHA-256 of the bearer token
    paired_at INTEGER NOT NULL,
    paired_by BLOB, -- a user; null: at the command line
    revoked_at INTEGER,
    revoked_by BLOB, -- a user; null: on the tablet
    ended TEXT, -- replaced, moved, unpaired; null exactly where revoked_at is
    heartbeat TEXT, -- JSON, the last sign of life
    last_contact INTEGER, -- when it came
    seq_told INTEGER NOT NULL DEFAULT 0 -- the highest response number a sign of life has told
) STRICT, WITHOUT ROWID;

INSERT INTO pairings_with_place
    (id, kiosk, venue, token, paired_at, revoked_at, ended, heartbeat, last_contact, seq_told)
SELECT pairings.id, kiosk, venue, token, paired_at, revoked_at,
    CASE WHEN revoked_at IS NOT NULL THEN 'unpaired' END, heartbeat, last_contact, seq_told
FROM pairings JOIN kiosks ON kiosks.id = pairings.kiosk;

DROP TABLE pairings;
ALTER TABLE pairings_with_place RENAME TO pairings;

CREATE UNIQUE INDEX pairings_by_token ON pairings (token) WHERE revoked_at IS NULL;
CREATE INDEX pairings_by_kiosk ON pairings (kiosk);
