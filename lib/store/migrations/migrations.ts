import { initialMigration } from './0001-initial.ts';

/** Every migration in order. A released migration never changes; another one follows it. */
export const migrations = { '0001-initial': initialMigration };

/** Names of every migration of this version, in order. */
export const MIGRATION_NAMES: readonly string[] = Object.keys(migrations);

/** The migration that the tables of this version have. */
export const NEWEST_MIGRATION = MIGRATION_NAMES.at(-1) as string;
