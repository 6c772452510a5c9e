import { runBackupCommand } from './backup-command.mjs';

const HELP = `Usage: npm run restore -- [--replace] <file>

Fills an empty database from a backup.

  --replace  put the backup in the place of what the database holds`;

await runBackupCommand('restore', HELP);
