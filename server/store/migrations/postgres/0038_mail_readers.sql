-- Who reads summaries by e-mail and has no account.
CREATE TABLE mail_readers (
    id UUID NOT NULL PRIMARY KEY,
    email TEXT NOT NULL UNIQUE, -- lower case
    lang TEXT NOT NULL, -- fi, sv, en
    scope TEXT, -- JSON list of venue ids; null: every venue
    productions TEXT, -- JSON list of production ids; null: every production
    added_at BIGINT NOT NULL,
    stopped_at BIGINT -- since when they want no more; null: they get them
);
