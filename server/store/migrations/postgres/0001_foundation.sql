-- Ids are UUIDs, times are integer milliseconds UTC since 1970, days are
-- year * 10000 + month * 100 + day at the venue, months year * 100 + month, texts in three
-- languages are JSON {"fi","sv","en"}.

-- What belongs to the data for as long as it lives. One row.
CREATE TABLE foundation (
    id SMALLINT PRIMARY KEY CHECK (id = 1),
    epoch TEXT NOT NULL, -- new at every restore from a backup
    content_key BYTEA NOT NULL, -- keys the hashes of contents
    form_key BYTEA NOT NULL, -- signs the forms of the phone page
    made_at BIGINT NOT NULL
);

-- Who runs this server. One row, from the first set-up on.
CREATE TABLE organisation (
    id SMALLINT PRIMARY KEY CHECK (id = 1),
    name TEXT NOT NULL
);
