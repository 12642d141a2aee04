-- Who reads summaries by e-mail and has no account.
CREATE TABLE mail_readers (
    id BLOB NOT NULL PRIMARY KEY,
    email TEXT NOT NULL UNIQUE, -- lower case
    lang TEXT NOT NULL, -- fi, sv, en
    scope TEXT, -- JSON list of venue ids; null: every venue
    productions TEXT, -- JSON list of production ids; null: every production
    added_at INTEGER NOT NULL,
    stopped_at INTEGER -- since when they want no more; null: they get them
) STRICT, WITHOUT ROWID;
