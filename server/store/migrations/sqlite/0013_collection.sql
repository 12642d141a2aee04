-- Why a survey is asked is not how an answer came: `season` and `interview` were channels, and become
-- collections of the survey. A survey that was answered both in and outside them stays continuous.
ALTER TABLE surveys ADD COLUMN collection TEXT NOT NULL DEFAULT 'continuous'; -- continuous, periodic, interview

UPDATE surveys SET collection = 'periodic'
WHERE EXISTS (SELECT 1 FROM responses JOIN survey_versions ON survey_versions.id = responses.survey_version
    WHERE survey_versions.survey = surveys.id AND channel = 'season')
AND NOT EXISTS (SELECT 1 FROM responses JOIN survey_versions ON survey_versions.id = responses.survey_version
    WHERE survey_versions.survey = surveys.id AND channel <> 'season');

UPDATE surveys SET collection = 'interview'
WHERE EXISTS (SELECT 1 FROM responses JOIN survey_versions ON survey_versions.id = responses.survey_version
    WHERE survey_versions.survey = surveys.id AND channel = 'interview')
AND NOT EXISTS (SELECT 1 FROM responses JOIN survey_versions ON survey_versions.id = responses.survey_version
    WHERE survey_versions.survey = surveys.id AND channel <> 'interview');

-- What staff write down of others may come as fast as they type, so that it has no pace.
DROP INDEX responses_by_pace;

-- Only a tablet could deliver either of them: one that asked once a season, and one that staff held.
UPDATE responses SET channel = CASE channel WHEN 'season' THEN 'kiosk' ELSE 'spoken' END
WHERE channel IN ('season', 'interview');
UPDATE conflicts SET channel = CASE channel WHEN 'season' THEN 'kiosk' ELSE 'spoken' END
WHERE channel IN ('season', 'interview');

CREATE INDEX responses_by_pace ON responses (coalesce(kiosk, event, venue), corrected_at)
    WHERE NOT demo AND channel NOT IN ('paper', 'counted', 'spoken');

-- Tallies follow; what came as `kiosk` before may have rows of its own.
UPDATE tallies SET member = 'spoken' WHERE dimension = 1 AND member = 'interview';
UPDATE period_tallies SET member = 'spoken' WHERE dimension = 1 AND member = 'interview';

INSERT INTO tallies (subject, local_day, survey_version, question, value, standing, dimension, member, count)
SELECT subject, local_day, survey_version, question, value, standing, dimension, 'kiosk', count
FROM tallies WHERE dimension = 1 AND member = 'season'
ON CONFLICT (subject, local_day, survey_version, question, value, standing, dimension, member)
DO UPDATE SET count = tallies.count + excluded.count;
DELETE FROM tallies WHERE dimension = 1 AND member = 'season';

INSERT INTO period_tallies (whose, month, survey_version, question, value, standing, dimension, member, count)
SELECT whose, month, survey_version, question, value, standing, dimension, 'kiosk', count
FROM period_tallies WHERE dimension = 1 AND member = 'season'
ON CONFLICT (whose, month, survey_version, question, value, standing, dimension, member)
DO UPDATE SET count = period_tallies.count + excluded.count;
DELETE FROM period_tallies WHERE dimension = 1 AND member = 'season';
