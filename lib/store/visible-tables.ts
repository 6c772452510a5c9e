import { type Kysely, sql, type TableMetadata } from 'kysely';

/**
 * The tables that statements without a schema mean. A PostgreSQL may have other schemas with tables of the same names; SQLite
 * has none.
 */
export async function visibleTables<Tables>(
  db: Pick<Kysely<Tables>, 'introspection' | 'getExecutor'>,
): Promise<TableMetadata[]> {
  const tables = await db.introspection.getTables();
  if (tables.every(({ schema }) => schema === undefined)) return tables;
  const { rows } = await sql<{ schema: string; name: string }>`
    select n.nspname as schema, c.relname as name
    from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where pg_catalog.pg_table_is_visible(c.oid)`.execute(db);
  const visible = new Set(rows.map(({ schema, name }) => `${schema}.${name}`));
  return tables.filter(({ schema, name }) => visible.has(`${schema}.${name}`));
}
