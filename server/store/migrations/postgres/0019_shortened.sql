-- Whether only the beginning of a comment was kept, because its response was set aside. It stays so where the response
-- is put back: what was cut is gone.
ALTER TABLE comments ADD COLUMN shortened BOOLEAN NOT NULL DEFAULT FALSE;
