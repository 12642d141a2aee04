-- How late staff see numbers while answers come in: off, five_minutes, fifteen_minutes, steps_of_five.
ALTER TABLE organisation ADD COLUMN live_delay TEXT NOT NULL DEFAULT 'off';

-- What visitors changed on their phones, and when: such an answer is as new as its change.
CREATE INDEX responses_changed ON responses (subject, answered_at) WHERE revision > 1;
