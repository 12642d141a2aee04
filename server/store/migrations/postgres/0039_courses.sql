-- What is shown of a course: of which answers each step was made, and the sums of the last one. It outlives answers that
-- are deleted, as far as it says which there were; what they said is in no row of its own.
CREATE TABLE courses (
    production UUID NOT NULL PRIMARY KEY REFERENCES productions (id) ON DELETE CASCADE,
    step BIGINT NOT NULL, -- how many steps there were
    told TEXT NOT NULL -- JSON, domain::course::Course
);
