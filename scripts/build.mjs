import { runScript } from './child.mjs';
import { ensureGround } from './ground.mjs';
import { build } from './next.mjs';

await runScript(async () => build(await ensureGround(), { show: true }));
