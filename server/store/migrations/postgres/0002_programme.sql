-- Surveys over all their versions.
CREATE TABLE surveys (
    id UUID NOT NULL PRIMARY KEY,
    name TEXT NOT NULL, -- in three languages
    created_at BIGINT NOT NULL
);

-- Published versions; they never change.
CREATE TABLE survey_versions (
    id UUID NOT NULL PRIMARY KEY,
    survey UUID NOT NULL REFERENCES surveys (id),
    questions TEXT NOT NULL, -- JSON, in the order in which they are asked
    published_at BIGINT NOT NULL
);

CREATE INDEX survey_versions_by_survey ON survey_versions (survey);

-- Places with a foyer.
CREATE TABLE venues (
    id UUID NOT NULL PRIMARY KEY,
    code TEXT NOT NULL, -- as printed; what it opens stands in `codes`
    name TEXT NOT NULL,
    time_zone TEXT NOT NULL, -- IANA name
    languages TEXT NOT NULL, -- JSON list, the default first
    survey_version UUID NOT NULL REFERENCES survey_versions (id) -- asked on a day without an event
);

-- Shows that are played many times.
CREATE TABLE productions (
    id UUID NOT NULL PRIMARY KEY,
    title TEXT NOT NULL -- in three languages
);

-- Performances, concerts, workshops, school visits.
CREATE TABLE events (
    id UUID NOT NULL PRIMARY KEY,
    code TEXT NOT NULL, -- as printed; what it opens stands in `codes`
    venue UUID NOT NULL REFERENCES venues (id),
    production UUID REFERENCES productions (id),
    title TEXT NOT NULL, -- in three languages
    doors_at BIGINT,
    starts_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    window_from BIGINT NOT NULL, -- first instant of the answer window
    window_until BIGINT NOT NULL, -- last instant of the answer window
    span_from BIGINT NOT NULL, -- the earliest of doors, start and window
    span_until BIGINT NOT NULL, -- the latest of end and window
    attendance BIGINT, -- people, known afterwards
    survey_version UUID NOT NULL REFERENCES survey_versions (id),
    links TEXT NOT NULL -- JSON list of {"text","url"}
);

CREATE INDEX events_by_venue ON events (venue, span_until);
CREATE INDEX events_by_span ON events (span_until);
CREATE INDEX events_by_end ON events (ends_at);
CREATE INDEX events_by_production ON events (production) WHERE production IS NOT NULL;

-- What the codes on posters open: one namespace for venues and events.
CREATE TABLE codes (
    code TEXT NOT NULL PRIMARY KEY, -- lower case
    subject UUID NOT NULL UNIQUE -- the id of an event or a venue
);
