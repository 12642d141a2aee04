-- When a waiting tablet last asked whether somebody had typed its words; null: not yet. Where too many
-- wait, the one at which nobody looks gives way.
ALTER TABLE waiting_tablets ADD COLUMN asked_at INTEGER;
