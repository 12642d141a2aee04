-- Staff.
CREATE TABLE users (
    id BLOB NOT NULL PRIMARY KEY,
    email TEXT NOT NULL UNIQUE, -- lower case
    role TEXT NOT NULL, -- viewer, editor, admin
    scope TEXT, -- JSON list of venue ids; null: every venue
    password TEXT, -- PHC format; null until the set-up link was used
    password_set_at INTEGER,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Links that let somebody choose a password, once.
CREATE TABLE setup_links (
    token BLOB NOT NULL PRIMARY KEY, -- SHA-256
    user_id BLOB REFERENCES users (id) ON DELETE CASCADE, -- null: the first user
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
    token BLOB NOT NULL PRIMARY KEY, -- SHA-256 of the cookie
    user_id BLOB NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    started_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX sessions_by_user ON sessions (user_id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

CREATE TABLE api_tokens (
    token BLOB NOT NULL PRIMARY KEY, -- SHA-256
    name TEXT NOT NULL,
    role TEXT NOT NULL, -- as in users
    created_at INTEGER NOT NULL,
    revoked_at INTEGER
) STRICT, WITHOUT ROWID;

-- What the login throttle counts; rows are forgotten soon.
CREATE TABLE failed_logins (
    key TEXT NOT NULL, -- what is throttled
    at INTEGER NOT NULL
) STRICT;

CREATE INDEX failed_logins_by_key ON failed_logins (key, at);
CREATE INDEX failed_logins_by_time ON failed_logins (at);
