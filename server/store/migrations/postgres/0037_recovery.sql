-- The printed recovery code, for the day when no administrator can log in.
ALTER TABLE installation ADD COLUMN recovery_code BYTEA; -- SHA-256; null: none, or it was used
ALTER TABLE installation ADD COLUMN recovery_made_at BIGINT; -- when the code was made that opens
ALTER TABLE users ADD COLUMN recovery_notice_at BIGINT; -- when the code was used; null: not since they were told
