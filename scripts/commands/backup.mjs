import { runBackupCommand } from './backup-command.mjs';

const HELP = `Usage: npm run backup [-- [--encrypt] <file>]

Writes everything that Rooms Desk knows, as it is at this moment, into <file> (DATA_DIR/backups/rooms-desk-<time>.jsonl.gz),
authenticated with a key made of AUTH_SECRET. The server may go on running.

  --encrypt  encrypts the file with BACKUP_PASSPHRASE (or BACKUP_PASSPHRASE_FILE)`;

await runBackupCommand('backup', HELP);
