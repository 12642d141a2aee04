-- What staff decide about a venue: JSON, what is missing in it is as usual.
ALTER TABLE venues ADD COLUMN settings TEXT NOT NULL DEFAULT '{}';

-- The pace at one kiosk, or at one public code: what burst flags are worked out from.
CREATE INDEX responses_by_pace ON responses (coalesce(kiosk, event, venue), corrected_at)
    WHERE NOT demo AND channel <> 'interview';
