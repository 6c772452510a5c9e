import type { Kysely } from 'kysely';

export type InventoryTables = Record<never, never>;

export const inventoryMigration = { async up(_: Kysely<unknown>) {} };
