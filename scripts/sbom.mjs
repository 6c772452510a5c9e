import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { billOfMaterials } from './bill-of-materials.mjs';
import { runScript } from './child.mjs';
import { say } from './say.mjs';

/** Writes the bill of materials into the file that was named, `sbom.cdx.json` otherwise. */
async function sbom() {
  const file = resolve(process.argv[2] ?? 'sbom.cdx.json');
  const bill = await billOfMaterials();
  await writeFile(file, `${JSON.stringify(bill, null, 2)}\n`);
  say(`${bill.components.length} packages: ${file}`);
}

await runScript(sbom);
