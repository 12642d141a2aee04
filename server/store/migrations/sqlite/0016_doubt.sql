-- What doubt needs to know of a response beside its answers, and where it has to look again.
ALTER TABLE responses ADD COLUMN address_class INTEGER NOT NULL DEFAULT 0; -- how much had come from the same address within an hour: 0 unknown, 1 few, 2 many, 3 flood
ALTER TABLE responses ADD COLUMN clock_known INTEGER NOT NULL DEFAULT 1; -- 0: corrected_at is merely when it arrived

-- Signs are looked for over a whole day of a tablet or a code, no longer over a minute.
DROP INDEX responses_by_pace;
CREATE INDEX responses_by_place ON responses (coalesce(kiosk, event, venue), local_day);

-- The days of a tablet or a code, and how far they have been judged.
CREATE TABLE judgements (
    place BLOB NOT NULL, -- a tablet, else the event or the venue of a code
    local_day INTEGER NOT NULL,
    revision INTEGER NOT NULL DEFAULT 1, -- + 1 whenever something there changes
    applied INTEGER NOT NULL DEFAULT 0, -- the last revision whose signs somebody began to write
    judged INTEGER NOT NULL DEFAULT 0, -- the last revision whose signs are all written
    PRIMARY KEY (place, local_day)
) STRICT, WITHOUT ROWID;

CREATE INDEX judgements_due ON judgements (local_day, place) WHERE judged < revision;

-- What was judged by its pace alone is judged anew, and so is what never was.
INSERT INTO judgements (place, local_day)
SELECT DISTINCT coalesce(kiosk, event, venue), local_day FROM responses
WHERE NOT demo AND channel NOT IN ('paper', 'counted', 'spoken');
