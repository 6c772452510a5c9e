import { runBackupCommand } from './backup-command.mjs';
import { runScript } from './child.mjs';

await runScript(() => runBackupCommand('restore'));
