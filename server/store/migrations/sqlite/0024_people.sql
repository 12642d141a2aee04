-- Who may no more, and who has not been here for long.
ALTER TABLE users ADD COLUMN disabled_at INTEGER; -- null: may log in with a password
ALTER TABLE users ADD COLUMN last_used_at INTEGER; -- to the day; null: never logged in since this is kept

-- A link that somebody asked for at the log-in does not void the one that an administrator has given.
ALTER TABLE setup_links ADD COLUMN purpose TEXT NOT NULL DEFAULT 'invitation'; -- invitation, reset
