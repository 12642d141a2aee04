-- A file that somebody looks at is kept in pieces, each written by itself: answers get in between. What was kept before is
-- chosen again.
DELETE FROM import_files;
ALTER TABLE import_files DROP COLUMN bytes;
ALTER TABLE import_files ADD COLUMN pieces BIGINT NOT NULL DEFAULT 0; -- how many it has

-- Of the files that are named there, and of those that are just being written.
CREATE TABLE import_file_pieces (
    owner UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    kept_at BIGINT NOT NULL,
    nth BIGINT NOT NULL, -- from 0
    bytes BYTEA NOT NULL,
    PRIMARY KEY (owner, kept_at, nth)
);
