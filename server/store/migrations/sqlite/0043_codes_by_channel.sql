-- How an answer comes belongs to the code by which it came: a poster's and a mail's open the same event.
CREATE TABLE codes_by_channel (
    code TEXT NOT NULL PRIMARY KEY, -- lower case
    subject BLOB NOT NULL, -- the id of an event or a venue
    channel TEXT NOT NULL DEFAULT 'qr', -- qr, web, mail
    -- Somebody has read that faces as links tell whoever counts clicks who chose which, and wants them.
    faces_by BLOB, -- a user; null also for the command line and for programs
    faces_at INTEGER, -- null: no faces as links
    UNIQUE (subject, channel)
) STRICT, WITHOUT ROWID;
INSERT INTO codes_by_channel (code, subject) SELECT code, subject FROM codes;
DROP TABLE codes;
ALTER TABLE codes_by_channel RENAME TO codes;
