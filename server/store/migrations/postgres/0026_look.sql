-- The colours that the organisation wears: a JSON object from primary, accent and curtain to #rrggbb; what is missing is
-- as the program has it.
ALTER TABLE organisation ADD COLUMN colours TEXT NOT NULL DEFAULT '{}';

-- What the pages that the law asks for say of the organisation: a JSON object of fields as they were typed.
ALTER TABLE organisation ADD COLUMN notices TEXT NOT NULL DEFAULT '{}';
