-- What staff have asked of a tablet from afar, and whether it is done. A tablet hears of it with its next sign of life.
CREATE TABLE kiosk_commands (
    kiosk BLOB NOT NULL REFERENCES kiosks (id),
    number INTEGER NOT NULL, -- when it was asked, in milliseconds UTC; one more where that was asked already
    kind TEXT NOT NULL, -- pause, resume, next_event, reload, end_demo
    words TEXT, -- JSON: what a paused tablet says, by language
    ends_at INTEGER NOT NULL, -- from then on it is of no use any more
    asked_by BLOB, -- a user
    done_at INTEGER,
    PRIMARY KEY (kiosk, number)
) STRICT, WITHOUT ROWID;
