-- What an imported programme knows of its events, and where the rows of an import wait until all of them are there.

ALTER TABLE events ADD COLUMN external_id TEXT; -- what its sender calls it; null: made by hand
ALTER TABLE events ADD COLUMN cancelled BOOLEAN NOT NULL DEFAULT FALSE; -- it does not take place; its answers stay
ALTER TABLE events ADD COLUMN attendance_kind TEXT; -- sold, counted, estimated; null: nobody has said

CREATE UNIQUE INDEX events_by_external_id ON events (external_id) WHERE external_id IS NOT NULL;

-- The rows of an import are written in pieces, so that no answer waits for them, and become events at once. What was never
-- finished is cleared by a later import: nothing refers to it.
CREATE TABLE staged_events (
    import UUID NOT NULL, -- which import
    staged_at BIGINT NOT NULL,
    id UUID NOT NULL, -- of the event that it is to become; from here on the columns are those of events
    code TEXT NOT NULL,
    venue UUID NOT NULL,
    production UUID,
    title TEXT NOT NULL,
    doors_at BIGINT,
    starts_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    window_from BIGINT NOT NULL,
    window_until BIGINT NOT NULL,
    span_from BIGINT NOT NULL,
    span_until BIGINT NOT NULL,
    attendance BIGINT,
    survey_version UUID NOT NULL,
    links TEXT NOT NULL,
    external_id TEXT,
    cancelled BOOLEAN NOT NULL,
    attendance_kind TEXT,
    PRIMARY KEY (import, id)
);

CREATE INDEX staged_events_by_time ON staged_events (staged_at);
