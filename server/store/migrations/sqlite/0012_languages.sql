-- What visitors read is JSON, a map from language tag (BCP 47, canonical form) to words. The three that
-- were there until now ({"fi","sv","en"}) are such a map, so that texts stay as they are.

-- The languages that the organisation writes for its visitors in, a JSON list, the default first.
ALTER TABLE organisation ADD COLUMN languages TEXT NOT NULL DEFAULT '["fi","sv","en"]';
