-- A deleted id stays dead, also where its deletion was under way when it came again: asked after the
-- rows are in, and by a function that sees what was committed until then, while the statement that
-- brings the rows sees no more than what was there when it began.
CREATE FUNCTION stay_dead() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM arrived JOIN tombstones USING (id)) THEN
        RAISE unique_violation USING MESSAGE = 'a deleted response came again';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER stay_dead AFTER INSERT ON responses
    REFERENCING NEW TABLE AS arrived FOR EACH STATEMENT EXECUTE FUNCTION stay_dead();
