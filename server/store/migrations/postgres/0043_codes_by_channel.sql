-- How an answer comes belongs to the code by which it came: a poster's and a mail's open the same event.
ALTER TABLE codes ADD COLUMN channel TEXT NOT NULL DEFAULT 'qr'; -- qr, web, mail
-- Somebody has read that faces as links tell whoever counts clicks who chose which, and wants them.
ALTER TABLE codes ADD COLUMN faces_by UUID; -- a user; null also for the command line and for programs
ALTER TABLE codes ADD COLUMN faces_at BIGINT; -- null: no faces as links
ALTER TABLE codes DROP CONSTRAINT codes_subject_key;
ALTER TABLE codes ADD UNIQUE (subject, channel);
