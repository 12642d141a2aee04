-- A season that is set up in the browser: files that are looked at before they are taken, and more to know of an event.

-- The file that somebody looks at, one for each of the staff, until it is taken, or the next one comes, or a day is over.
CREATE TABLE import_files (
    owner UUID NOT NULL PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    name TEXT NOT NULL, -- as its owner calls it
    bytes BYTEA NOT NULL,
    kept_at BIGINT NOT NULL
);

-- What columns hold that somebody has said by hand, for the next file of the same kind.
CREATE TABLE column_mappings (
    head TEXT NOT NULL PRIMARY KEY, -- as it is compared: small letters, no marks
    field TEXT NOT NULL -- its word
);

ALTER TABLE productions ADD COLUMN kind TEXT NOT NULL DEFAULT 'other'; -- concert, circus, workshop, school_visit, course, stream, other

ALTER TABLE events ADD COLUMN sold_out BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE events ADD COLUMN notes TEXT NOT NULL DEFAULT ''; -- for staff alone
ALTER TABLE events ADD COLUMN segments TEXT NOT NULL DEFAULT '[]'; -- JSON list: who is expected
-- Goes up with each change by people: what was read before is not written over what somebody else has written since.
ALTER TABLE events ADD COLUMN revision BIGINT NOT NULL DEFAULT 0;

ALTER TABLE staged_events ADD COLUMN sold_out BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE staged_events ADD COLUMN notes TEXT NOT NULL DEFAULT '';
ALTER TABLE staged_events ADD COLUMN segments TEXT NOT NULL DEFAULT '[]';
ALTER TABLE staged_events ADD COLUMN revision BIGINT NOT NULL DEFAULT 0; -- which one was read
