import { runScript } from '../process/child.mjs';
import { build } from '../toolchain/next.mjs';
import { ensurePrerequisites } from '../toolchain/prerequisites.mjs';

const HELP = `Usage: npm run build

Builds Rooms Desk for production into .next.`;

await runScript(async () => build(await ensurePrerequisites('run'), { show: true }), { help: HELP });
