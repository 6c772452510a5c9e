import { runBackupCommand } from './backup-command.mjs';

const HELP = `Usage: npm run restore -- [--replace] [--unauthenticated] <file>

Fills an empty database from a backup that was made with the same AUTH_SECRET, or with one of AUTH_SECRET_PREVIOUS. Reads an
encrypted file with BACKUP_PASSPHRASE (or BACKUP_PASSPHRASE_FILE).

  --replace          replaces the content of the database
  --unauthenticated  accepts a file whose AUTH_SECRET is lost; anyone could have written it, so its API tokens are revoked and
                     its alert rules are disabled`;

await runBackupCommand('restore', HELP);
