-- What was changed and exported, by whom: for administrators. Rows are kept for as many months as the organisation says.
CREATE TABLE audit_log (
    nth INTEGER NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL, -- user, token, command_line, program
    actor_id BLOB, -- a user; null: none, or none any more
    actor_name TEXT NOT NULL, -- the e-mail address then, or the name of the token
    verb TEXT NOT NULL,
    kind TEXT NOT NULL, -- of the subject
    subject TEXT NOT NULL, -- which one
    subject_name TEXT NOT NULL, -- what it was called then
    before TEXT, -- JSON, what differs; never what a visitor wrote
    after TEXT -- as before
) STRICT;

CREATE INDEX audit_log_by_time ON audit_log (at);

ALTER TABLE organisation ADD COLUMN audit_months INTEGER NOT NULL DEFAULT 24;
