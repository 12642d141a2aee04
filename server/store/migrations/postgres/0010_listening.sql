-- Since when a server has listened to tablets without a pause, so that its own absence is not taken
-- for a silence of theirs. One row.
CREATE TABLE listening (
    one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    since BIGINT NOT NULL,
    until BIGINT NOT NULL -- from then on none has listened, unless one says so again
);
