WITH tables AS (
    SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\' AND name <> '_sqlx_migrations'
)
SELECT tables.name || '.' || c.name || ' ' || c.type
    -- The key of a table with row numbers is never null.
    || iif(c."notnull" OR (c.pk = 1 AND c.type = 'INTEGER'), ' NOT NULL', '')
    || iif(c.dflt_value IS NULL, '', ' DEFAULT')
    || iif(c.hidden > 1, ' GENERATED', '')
FROM tables JOIN pragma_table_xinfo(tables.name) AS c
UNION ALL
SELECT tables.name || ' PRIMARY KEY (' || group_concat(c.name, ', ' ORDER BY c.pk) || ')'
FROM tables JOIN pragma_table_xinfo(tables.name) AS c WHERE c.pk > 0 GROUP BY tables.name
UNION ALL
SELECT tables.name || ' (' || group_concat(f."from", ', ' ORDER BY f.seq) || ') REFERENCES ' || f."table"
    || ' (' || group_concat(f."to", ', ' ORDER BY f.seq) || ') ON DELETE ' || f.on_delete
FROM tables JOIN pragma_foreign_key_list(tables.name) AS f GROUP BY tables.name, f.id
UNION ALL
SELECT tables.name || iif(i."unique", ' UNIQUE', '') || iif(i.origin = 'c', ' INDEX ' || i.name, '') || ' ('
    || (SELECT group_concat(coalesce(x.name, 'expression') || iif(x."desc", ' DESC', ''), ', ' ORDER BY x.seqno)
        FROM pragma_index_xinfo(i.name) AS x WHERE x."key")
    || ')' || iif(i.partial, ' WHERE', '')
FROM tables JOIN pragma_index_list(tables.name) AS i WHERE i.origin <> 'pk'
