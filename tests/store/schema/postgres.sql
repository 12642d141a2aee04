WITH tables AS (
    SELECT oid, relname AS name FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> '_sqlx_migrations'
), keys AS (
    SELECT c.oid, c.contype, c.conrelid, c.confrelid, c.confdeltype,
        (SELECT string_agg(attname, ', ' ORDER BY nth) FROM unnest(c.conkey) WITH ORDINALITY AS k (num, nth)
            JOIN pg_attribute ON attrelid = c.conrelid AND attnum = num) AS columns,
        (SELECT string_agg(attname, ', ' ORDER BY nth) FROM unnest(c.confkey) WITH ORDINALITY AS k (num, nth)
            JOIN pg_attribute ON attrelid = c.confrelid AND attnum = num) AS referred
    FROM pg_constraint AS c
)
SELECT tables.name || '.' || attname || ' '
    || CASE format_type(atttypid, atttypmod)
        WHEN 'uuid' THEN 'BLOB' WHEN 'bytea' THEN 'BLOB' WHEN 'text' THEN 'TEXT'
        WHEN 'bigint' THEN 'INTEGER' WHEN 'integer' THEN 'INTEGER' WHEN 'smallint' THEN 'INTEGER' WHEN 'boolean' THEN 'INTEGER'
        ELSE format_type(atttypid, atttypmod) END
    || CASE WHEN attnotnull THEN ' NOT NULL' ELSE '' END
    || CASE WHEN atthasdef AND attgenerated = '' THEN ' DEFAULT' ELSE '' END
    || CASE WHEN attgenerated = '' THEN '' ELSE ' GENERATED' END
FROM tables JOIN pg_attribute ON attrelid = tables.oid AND attnum > 0 AND NOT attisdropped
UNION ALL
SELECT tables.name || ' PRIMARY KEY (' || columns || ')' FROM tables JOIN keys ON conrelid = tables.oid AND contype = 'p'
UNION ALL
SELECT tables.name || ' (' || columns || ') REFERENCES ' || confrelid::regclass || ' (' || referred || ') ON DELETE '
    || CASE confdeltype WHEN 'a' THEN 'NO ACTION' WHEN 'c' THEN 'CASCADE' ELSE confdeltype::text END
FROM tables JOIN keys ON conrelid = tables.oid AND contype = 'f'
UNION ALL
SELECT tables.name || CASE WHEN indisunique THEN ' UNIQUE' ELSE '' END
    || CASE WHEN EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype = 'u') THEN ''
        ELSE ' INDEX ' || indexrelid::regclass END
    || ' (' || (SELECT string_agg(coalesce(attname, 'expression') || CASE WHEN indoption[nth - 1] & 1 = 1 THEN ' DESC' ELSE '' END,
            ', ' ORDER BY nth)
        FROM unnest(indkey::int2[]) WITH ORDINALITY AS k (num, nth)
        LEFT JOIN pg_attribute ON attrelid = indrelid AND attnum = num)
    || ')' || CASE WHEN indpred IS NULL THEN '' ELSE ' WHERE' END
FROM tables JOIN pg_index ON indrelid = tables.oid AND NOT indisprimary
