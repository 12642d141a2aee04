-- Tablets that show three words and wait until staff type them.
CREATE TABLE waiting_tablets (
    id UUID NOT NULL PRIMARY KEY, -- of the pairing that it is to become
    token BYTEA NOT NULL UNIQUE, -- SHA-256 of the token that the tablet made
    words BYTEA NOT NULL UNIQUE, -- 16 bytes, keyed hash of the words
    expires_at BIGINT NOT NULL
);

-- A pairing keeps its venue when its kiosk moves: answers that it took arrive late. One that ended
-- says how.
ALTER TABLE pairings
    ADD COLUMN venue UUID REFERENCES venues (id), -- where its answers belong
    ADD COLUMN paired_by UUID, -- a user; null: at the command line
    ADD COLUMN revoked_by UUID, -- a user; null: on the tablet
    ADD COLUMN ended TEXT; -- replaced, moved, unpaired; null exactly where revoked_at is
UPDATE pairings SET
    venue = (SELECT venue FROM kiosks WHERE kiosks.id = pairings.kiosk),
    ended = CASE WHEN revoked_at IS NOT NULL THEN 'unpaired' END;
ALTER TABLE pairings ALTER COLUMN venue SET NOT NULL;
