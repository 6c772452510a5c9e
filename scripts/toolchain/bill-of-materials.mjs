import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { inRoot } from './places.mjs';

const run = promisify(execFile);

/**
 * @typedef {{ 'bom-ref': string, name: string, version: string, purl: string, properties?: { name: string, value: string }[],
 *   hashes?: { alg: string, content: string }[] }} Component
 * @typedef {{ bomFormat: string, specVersion: string, metadata: { component: { name: string } }, components: Component[],
 *   dependencies: { ref: string, dependsOn: string[] }[] }} Bill
 */

/**
 * The bill of materials of what runs in production, as CycloneDX, from the lockfile alone. npm's own `--omit dev` leaves
 * out what development needs as well, `pg` among it, so it is asked for everything and development is taken out here.
 * @returns {Promise<Bill>}
 */
export async function billOfMaterials() {
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'];
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const { stdout } = await run(npm, args, { cwd: inRoot(), maxBuffer: 64 * 1024 * 1024 });
  /** @type {Bill} */
  const bill = JSON.parse(stdout);
  const { name } = JSON.parse(await readFile(inRoot('package.json'), 'utf8'));
  const components = bill.components.filter((component) => !isForDevelopment(component));
  const refs = new Set(components.map((component) => component['bom-ref']));
  const own = bill.dependencies[0]?.ref;
  const dependencies = bill.dependencies
    .filter(({ ref }) => ref === own || refs.has(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((each) => refs.has(each)) }));
  // npm calls the project by its folder's name.
  bill.metadata.component.name = name;
  return { ...bill, components, dependencies };
}

/** @param {Component} component */
function isForDevelopment({ properties = [] }) {
  return properties.some(({ name, value }) => name === 'cdx:npm:package:development' && value === 'true');
}
