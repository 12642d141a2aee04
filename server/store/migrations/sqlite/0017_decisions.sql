-- What staff decided about responses: the trace beside the flags, of which only the last state is kept.
CREATE TABLE decisions (
    response BLOB NOT NULL REFERENCES responses (id) ON DELETE CASCADE,
    nth INTEGER NOT NULL, -- from 1, for each response
    verdict TEXT NOT NULL, -- put_back, set_aside
    why TEXT NOT NULL,
    decided_as TEXT NOT NULL, -- user, token, command_line
    decided_by BLOB, -- a user; null: somebody with a token, or at the command line
    decided_at INTEGER NOT NULL,
    PRIMARY KEY (response, nth)
) STRICT, WITHOUT ROWID;
