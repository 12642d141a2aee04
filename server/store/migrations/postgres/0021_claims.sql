-- Of a pairing by a printed address: on which device somebody said that it is the tablet (SHA-256 of a number that the
-- device made), and when another one was refused last.
ALTER TABLE pairings ADD COLUMN claimed_by BYTEA;
ALTER TABLE pairings ADD COLUMN reopened_at BIGINT;
