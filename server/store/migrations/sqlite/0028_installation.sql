-- What has become of this installation. One row, from the first thing on.
CREATE TABLE installation (
    one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    backed_up_at INTEGER, -- when the newest backup was made, as far as anybody has said
    steps_put_away_at INTEGER -- when staff no longer wanted to see the first steps
) STRICT;
