-- Responses. A row holds everything but comment texts, flags and the number in its pairing. No
-- foreign keys: what they would check was checked when the response was placed, and each would be
-- a lookup for every response.
CREATE TABLE responses (
    id UUID NOT NULL PRIMARY KEY, -- UUIDv7, made on the device: sorts by time
    survey_version UUID NOT NULL,
    shown_event UUID, -- what the kiosk showed or the code named
    channel TEXT NOT NULL,
    lang TEXT NOT NULL,
    segment TEXT,
    assisted BOOLEAN NOT NULL, -- somebody helped
    ended TEXT NOT NULL, -- done, exit, timeout
    demo BOOLEAN NOT NULL, -- while staff were showing the kiosk
    answered_at BIGINT NOT NULL, -- by the device's clock
    offset_ms BIGINT, -- server clock minus device clock, as known at the tap
    age_ms BIGINT, -- how long ago, by the device's monotonic clock
    duration_ms BIGINT, -- from the first tap to the end
    pairing UUID, -- that took it
    venue UUID NOT NULL,
    kiosk UUID,
    event UUID,
    event_source TEXT, -- code, kiosk, programme, staff; null exactly where event is
    production UUID,
    corrected_at BIGINT NOT NULL, -- when it really was
    received_at BIGINT NOT NULL, -- when it first arrived
    local_day INTEGER NOT NULL,
    answers TEXT NOT NULL, -- JSON [[question, given], ...]; a comment is only "text" here
    content_form SMALLINT NOT NULL, -- the canonical form that was hashed
    content_hash BYTEA NOT NULL, -- 16 bytes, keyed
    revision INTEGER NOT NULL DEFAULT 1, -- + 1 when its visitor changed it
    standing SMALLINT NOT NULL, -- 0 counted, 1 set aside; derived from the flags
    commented BOOLEAN NOT NULL, -- has a row in comments
    subject UUID NOT NULL GENERATED ALWAYS AS (coalesce(event, venue)) STORED
);

CREATE INDEX responses_by_subject ON responses (subject, received_at);
CREATE INDEX responses_with_comment ON responses (subject, received_at) WHERE commented;

-- Comment texts, apart so that they can be redacted and expire.
CREATE TABLE comments (
    response UUID NOT NULL REFERENCES responses (id) ON DELETE CASCADE,
    question UUID NOT NULL,
    text TEXT NOT NULL, -- empty once redacted
    PRIMARY KEY (response, question)
);

-- Reasons to doubt a response, with who or what set them and who lifted them.
CREATE TABLE flags (
    response UUID NOT NULL REFERENCES responses (id) ON DELETE CASCADE,
    flag TEXT NOT NULL, -- burst, contradiction, outside_window, demo, void
    set_by UUID, -- a user; null: the program
    why TEXT NOT NULL DEFAULT '',
    set_at BIGINT NOT NULL,
    lifted_by UUID, -- a user
    lifted_at BIGINT, -- null: still a doubt
    PRIMARY KEY (response, flag)
);

-- Deleted responses: the id stays dead.
CREATE TABLE tombstones (
    id UUID NOT NULL PRIMARY KEY,
    content_form SMALLINT NOT NULL,
    content_hash BYTEA NOT NULL,
    deleted_at BIGINT NOT NULL
);

-- What came under the id of another response, once for each content.
CREATE TABLE conflicts (
    response UUID NOT NULL, -- the id
    content_form SMALLINT NOT NULL,
    content_hash BYTEA NOT NULL,
    received_at BIGINT NOT NULL, -- when it first arrived
    venue UUID NOT NULL,
    kiosk UUID,
    event UUID,
    pairing UUID,
    survey_version UUID NOT NULL,
    channel TEXT NOT NULL,
    lang TEXT NOT NULL,
    segment TEXT,
    assisted BOOLEAN NOT NULL,
    ended TEXT NOT NULL,
    corrected_at BIGINT NOT NULL,
    answers TEXT NOT NULL, -- as in responses
    comments TEXT, -- JSON [[question, text], ...]; null once redacted
    PRIMARY KEY (response, content_form, content_hash)
);
