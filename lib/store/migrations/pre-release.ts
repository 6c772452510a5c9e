/** Migrations of versions from before the first release. They were replaced by `0001-initial`, without an upgrade. */
const PRE_RELEASE_MIGRATIONS = new Set([
  '0001-readings',
  '0002-inventory',
  '0003-discovery',
  '0004-ledger',
  '0005-duties',
  '0006-feed',
  '0007-personal',
  '0008-events',
  '0009-told-by-event',
  '0010-tidied',
  '0011-versions',
  '0012-sessions',
  '0013-tokens',
  '0014-audit',
  '0015-findings',
  '0016-checks',
  '0017-notes',
  '0018-attention',
  '0020-suspicions',
  '0022-secret-uses',
  '0023-audit-exports',
  '0024-sealed',
  '0026-spending-limits',
  '0028-digests',
]);

/** Whether a migration is of a version from before the first release. */
export const isPreRelease = (migration: string): boolean => PRE_RELEASE_MIGRATIONS.has(migration);

/** What an administrator is told about a database of such a version. */
export const PRE_RELEASE_DATABASE =
  'This database was made by a version from before the first release of Rooms Desk, which cannot be upgraded. ' +
  'Start with an empty folder as DATA_DIR, or an empty database as DATABASE_URL. See docs/upgrade.md.';
