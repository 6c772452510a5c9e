import type { Kysely } from 'kysely';

export type DiscoveryTables = Record<never, never>;

export const discoveryMigration = { async up(_: Kysely<unknown>) {} };
