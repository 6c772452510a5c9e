import { runBackupCommand } from './backup-command.mjs';

const HELP = `Usage: npm run backup [-- [--encrypt] <file>]

Writes all data of Rooms Desk into <file> (DATA_DIR/backups/rooms-desk-<time>.jsonl.gz), authenticated with a key
derived from AUTH_SECRET. The server can keep running.

  --encrypt  encrypts the file with BACKUP_PASSPHRASE (or BACKUP_PASSPHRASE_FILE)`;

await runBackupCommand('backup', HELP);
