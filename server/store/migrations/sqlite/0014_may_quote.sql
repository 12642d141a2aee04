-- Whether whoever wrote a comment lets it be quoted. It stays when the text is redacted or expires.
ALTER TABLE comments ADD COLUMN may_quote INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conflicts ADD COLUMN may_quote INTEGER NOT NULL DEFAULT 0;
