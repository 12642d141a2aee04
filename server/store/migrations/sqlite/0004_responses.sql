-- Responses. A row holds everything but comment texts, flags and the number in its pairing. No
-- foreign keys: what they would check was checked when the response was placed, and each would be
-- a lookup for every response.
CREATE TABLE responses (
    id BLOB NOT NULL PRIMARY KEY, -- UUIDv7, made on the device: sorts by time
    survey_version BLOB NOT NULL,
    shown_event BLOB, -- what the kiosk showed or the code named
    channel TEXT NOT NULL,
    lang TEXT NOT NULL,
    segment TEXT,
    assisted INTEGER NOT NULL, -- 1: somebody helped
    ended TEXT NOT NULL, -- done, exit, timeout
    demo INTEGER NOT NULL, -- 1: while staff were showing the kiosk
    answered_at INTEGER NOT NULL, -- by the device's clock
    offset_ms INTEGER, -- server clock minus device clock, as known at the tap
    age_ms INTEGER, -- how long ago, by the device's monotonic clock
    duration_ms INTEGER, -- from the first tap to the end
    pairing BLOB, -- that took it
    venue BLOB NOT NULL,
    kiosk BLOB,
    event BLOB,
    event_source TEXT, -- code, kiosk, programme, staff; null exactly where event is
    production BLOB,
    corrected_at INTEGER NOT NULL, -- when it really was
    received_at INTEGER NOT NULL, -- when it first arrived
    local_day INTEGER NOT NULL,
    answers TEXT NOT NULL, -- JSON [[question, given], ...]; a comment is only "text" here
    content_form INTEGER NOT NULL, -- the canonical form that was hashed
    content_hash BLOB NOT NULL, -- 16 bytes, keyed
    revision INTEGER NOT NULL DEFAULT 1, -- + 1 when its visitor changed it
    standing INTEGER NOT NULL, -- 0 counted, 1 set aside; derived from the flags
    commented INTEGER NOT NULL, -- 1: has a row in comments
    subject BLOB NOT NULL GENERATED ALWAYS AS (coalesce(event, venue)) VIRTUAL
) STRICT;

CREATE INDEX responses_by_subject ON responses (subject, received_at);
CREATE INDEX responses_with_comment ON responses (subject, received_at) WHERE commented;

-- Comment texts, apart so that they can be redacted and expire.
CREATE TABLE comments (
    response BLOB NOT NULL REFERENCES responses (id) ON DELETE CASCADE,
    question BLOB NOT NULL,
    text TEXT NOT NULL CHECK (instr(text, char(0)) = 0), -- empty once redacted; PostgreSQL refuses NUL too
    PRIMARY KEY (response, question)
) STRICT, WITHOUT ROWID;

-- Reasons to doubt a response, with who or what set them and who lifted them.
CREATE TABLE flags (
    response BLOB NOT NULL REFERENCES responses (id) ON DELETE CASCADE,
    flag TEXT NOT NULL, -- burst, contradiction, outside_window, demo, void
    set_by BLOB, -- a user; null: the program
    why TEXT NOT NULL DEFAULT '',
    set_at INTEGER NOT NULL,
    lifted_by BLOB, -- a user
    lifted_at INTEGER, -- null: still a doubt
    PRIMARY KEY (response, flag)
) STRICT, WITHOUT ROWID;

-- Deleted responses: the id stays dead.
CREATE TABLE tombstones (
    id BLOB NOT NULL PRIMARY KEY,
    content_form INTEGER NOT NULL,
    content_hash BLOB NOT NULL,
    deleted_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What came under the id of another response, once for each content.
CREATE TABLE conflicts (
    response BLOB NOT NULL, -- the id
    content_form INTEGER NOT NULL,
    content_hash BLOB NOT NULL,
    received_at INTEGER NOT NULL, -- when it first arrived
    venue BLOB NOT NULL,
    kiosk BLOB,
    event BLOB,
    pairing BLOB,
    survey_version BLOB NOT NULL,
    channel TEXT NOT NULL,
    lang TEXT NOT NULL,
    segment TEXT,
    assisted INTEGER NOT NULL,
    ended TEXT NOT NULL,
    corrected_at INTEGER NOT NULL,
    answers TEXT NOT NULL, -- as in responses
    comments TEXT CHECK (instr(comments, char(0)) = 0), -- JSON [[question, text], ...]; null once redacted
    PRIMARY KEY (response, content_form, content_hash)
) STRICT, WITHOUT ROWID;
