-- When the comments of what had been set aside before 0019 were shortened as those after it; null: not yet.
ALTER TABLE installation ADD COLUMN comments_shortened_at INTEGER;
