import { runBackupCommand } from './backup-command.mjs';

const HELP = `Usage: npm run backup [-- <file>]

Writes everything that Rooms Desk knows, as it is at this moment, into <file> (DATA_DIR/backups/rooms-desk-<time>.jsonl.gz).
The server may go on running.`;

await runBackupCommand('backup', HELP);
