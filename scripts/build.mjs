import { runScript } from './child.mjs';
import { ensureGround } from './ground.mjs';
import { build } from './next.mjs';

const HELP = `Usage: npm run build

Builds Rooms Desk for production into .next.`;

await runScript(async () => build(await ensureGround('run'), { show: true }), { help: HELP });
