-- How many, by subject and day. A row at 0 is not there. No key is ever null: it would be a new
-- row at every upsert.
CREATE TABLE tallies (
    subject BLOB NOT NULL, -- an event, or a venue on a day without one
    local_day INTEGER NOT NULL,
    survey_version BLOB NOT NULL,
    question BLOB NOT NULL, -- nil where responses are counted
    value TEXT NOT NULL, -- responses, flag:burst, answered, skipped, =5, =sound
    standing INTEGER NOT NULL, -- 0 counted, 1 set aside
    dimension INTEGER NOT NULL, -- 0 all, 1 channel, 2 segment, 3 language, 4 ten-minute slot
    member TEXT NOT NULL, -- of the dimension; empty for all
    count INTEGER NOT NULL,
    PRIMARY KEY (subject, local_day, survey_version, question, value, standing, dimension, member)
) STRICT, WITHOUT ROWID;

-- The same by venue and by production, in months and without slots.
CREATE TABLE period_tallies (
    whose BLOB NOT NULL, -- a venue or a production
    month INTEGER NOT NULL,
    survey_version BLOB NOT NULL,
    question BLOB NOT NULL,
    value TEXT NOT NULL,
    standing INTEGER NOT NULL,
    dimension INTEGER NOT NULL,
    member TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (whose, month, survey_version, question, value, standing, dimension, member)
) STRICT, WITHOUT ROWID;
