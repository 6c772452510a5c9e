import { runBackupCommand } from './backup-command.mjs';

const HELP = `Usage: npm run restore -- [--replace] [--unauthenticated] <file>

Fills an empty database from a backup that was made with the same AUTH_SECRET, or with one of AUTH_SECRET_PREVIOUS. Reads an
encrypted file with BACKUP_PASSPHRASE (or BACKUP_PASSPHRASE_FILE).

  --replace          puts the backup in the place of what the database holds
  --unauthenticated  takes a file whose AUTH_SECRET is lost; anyone may have written it, so API tokens in it are revoked and
                     notification rules in it are switched off`;

await runBackupCommand('restore', HELP);
