-- What is decided for all venues: a JSON object of words; what is missing in it is as usual.
ALTER TABLE organisation ADD COLUMN settings TEXT NOT NULL DEFAULT '{}';

-- What visitors wrote is blanked after a set time, the oldest first. A response without any text left is not
-- `commented` any more, and so is never looked at again.
CREATE INDEX responses_by_age_of_comment ON responses (corrected_at) WHERE commented;
CREATE INDEX conflicts_by_age_of_comment ON conflicts (received_at) WHERE comments IS NOT NULL;
