-- Surveys over all their versions.
CREATE TABLE surveys (
    id BLOB NOT NULL PRIMARY KEY,
    name TEXT NOT NULL, -- in three languages
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Published versions; they never change.
CREATE TABLE survey_versions (
    id BLOB NOT NULL PRIMARY KEY,
    survey BLOB NOT NULL REFERENCES surveys (id),
    questions TEXT NOT NULL, -- JSON, in the order in which they are asked
    published_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX survey_versions_by_survey ON survey_versions (survey);

-- Places with a foyer.
CREATE TABLE venues (
    id BLOB NOT NULL PRIMARY KEY,
    code TEXT NOT NULL, -- as printed; what it opens stands in `codes`
    name TEXT NOT NULL,
    time_zone TEXT NOT NULL, -- IANA name
    languages TEXT NOT NULL, -- JSON list, the default first
    survey_version BLOB NOT NULL REFERENCES survey_versions (id) -- asked on a day without an event
) STRICT, WITHOUT ROWID;

-- Shows that are played many times.
CREATE TABLE productions (
    id BLOB NOT NULL PRIMARY KEY,
    title TEXT NOT NULL -- in three languages
) STRICT, WITHOUT ROWID;

-- Performances, concerts, workshops, school visits.
CREATE TABLE events (
    id BLOB NOT NULL PRIMARY KEY,
    code TEXT NOT NULL, -- as printed; what it opens stands in `codes`
    venue BLOB NOT NULL REFERENCES venues (id),
    production BLOB REFERENCES productions (id),
    title TEXT NOT NULL, -- in three languages
    doors_at INTEGER,
    starts_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    window_from INTEGER NOT NULL, -- first instant of the answer window
    window_until INTEGER NOT NULL, -- last instant of the answer window
    span_from INTEGER NOT NULL, -- the earliest of doors, start and window
    span_until INTEGER NOT NULL, -- the latest of end and window
    attendance INTEGER, -- people, known afterwards
    survey_version BLOB NOT NULL REFERENCES survey_versions (id),
    links TEXT NOT NULL -- JSON list of {"text","url"}
) STRICT, WITHOUT ROWID;

CREATE INDEX events_by_venue ON events (venue, span_until);
CREATE INDEX events_by_span ON events (span_until);
CREATE INDEX events_by_end ON events (ends_at);
CREATE INDEX events_by_production ON events (production) WHERE production IS NOT NULL;

-- What the codes on posters open: one namespace for venues and events.
CREATE TABLE codes (
    code TEXT NOT NULL PRIMARY KEY, -- lower case
    subject BLOB NOT NULL UNIQUE -- the id of an event or a venue
) STRICT, WITHOUT ROWID;
