import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { runScript } from '../process/child.mjs';
import { print } from '../process/output.mjs';
import { billOfMaterials } from '../toolchain/bill-of-materials.mjs';

const HELP = `Usage: npm run sbom [-- <file>]

Writes the bill of materials of what runs in production, as CycloneDX JSON, into <file> (sbom.cdx.json).`;

/** @param {import('../process/command-line.mjs').Given} given */
async function sbom({ positionals: [name = 'sbom.cdx.json'] }) {
  const file = resolve(name);
  const bill = await billOfMaterials();
  await writeFile(file, `${JSON.stringify(bill, null, 2)}\n`);
  print(`${bill.components.length} packages: ${file}`);
}

await runScript(sbom, { help: HELP, mostNames: 1 });
