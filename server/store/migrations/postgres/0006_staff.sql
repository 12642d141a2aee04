-- Staff.
CREATE TABLE users (
    id UUID NOT NULL PRIMARY KEY,
    email TEXT NOT NULL UNIQUE, -- lower case
    role TEXT NOT NULL, -- viewer, editor, admin
    scope TEXT, -- JSON list of venue ids; null: every venue
    password TEXT, -- PHC format; null until the set-up link was used
    password_set_at BIGINT,
    created_at BIGINT NOT NULL
);

-- Links that let somebody choose a password, once.
CREATE TABLE setup_links (
    token BYTEA NOT NULL PRIMARY KEY, -- SHA-256
    user_id UUID REFERENCES users (id) ON DELETE CASCADE, -- null: the first user
    expires_at BIGINT NOT NULL
);

CREATE TABLE sessions (
    token BYTEA NOT NULL PRIMARY KEY, -- SHA-256 of the cookie
    user_id UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    started_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE INDEX sessions_by_user ON sessions (user_id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

CREATE TABLE api_tokens (
    token BYTEA NOT NULL PRIMARY KEY, -- SHA-256
    name TEXT NOT NULL,
    role TEXT NOT NULL, -- as in users
    created_at BIGINT NOT NULL,
    revoked_at BIGINT
);

-- What the login throttle counts; rows are forgotten soon.
CREATE TABLE failed_logins (
    key TEXT NOT NULL, -- what is throttled
    at BIGINT NOT NULL
);

CREATE INDEX failed_logins_by_key ON failed_logins (key, at);
CREATE INDEX failed_logins_by_time ON failed_logins (at);
