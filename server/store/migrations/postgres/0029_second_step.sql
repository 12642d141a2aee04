ALTER TABLE users ADD COLUMN totp_secret BYTEA; -- null: no second step at the log-in
ALTER TABLE users ADD COLUMN totp_step BIGINT; -- the last one that was used: none opens twice
ALTER TABLE users ADD COLUMN recovery_codes TEXT; -- JSON list of SHA-256 in hex, those that were not used
