import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { billOfMaterials } from './bill-of-materials.mjs';

type Locked = { version: string; dev?: boolean; devOptional?: boolean; integrity?: string };

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
  packages: Record<string, Locked>;
};
const inProduction = Object.entries(packages)
  .filter(([path, { dev }]) => path !== '' && !dev)
  .map(([path, locked]) => ({ name: path.slice(path.lastIndexOf('node_modules/') + 13), ...locked }));

/** As the lockfile writes a hash. */
const integrityOf = ({ content }: { content: string }) =>
  `sha512-${Buffer.from(content, 'hex').toString('base64')}`;

test('the bill of materials holds every package that runs in production, with its hash, and no other', async () => {
  const bill = await billOfMaterials();
  expect(bill).toMatchObject({ bomFormat: 'CycloneDX', metadata: { component: { name: 'rooms-desk' } } });
  const listed = new Map(bill.components.map((each) => [decodeURIComponent(each.purl), each]));
  for (const { name, version, integrity, devOptional } of inProduction) {
    const component = listed.get(`pkg:npm/${name}@${version}`);
    // An optional peer of a production package may be in either list.
    if (!component && devOptional) continue;
    expect(component, `${name} ${version}`).toBeDefined();
    if (integrity) expect(component?.hashes?.map(integrityOf)).toContain(integrity);
  }
  const names = new Set(inProduction.map(({ name, version }) => `pkg:npm/${name}@${version}`));
  expect([...listed.keys()].filter((purl) => !names.has(purl))).toEqual([]);
  expect(
    [...listed.keys()].some((purl) => purl.startsWith('pkg:npm/pg@')),
    'which development uses too',
  ).toBe(true);
  const refs = new Set(bill.components.map((each) => each['bom-ref']));
  expect(bill.dependencies.flatMap(({ dependsOn }) => dependsOn).filter((ref) => !refs.has(ref))).toEqual([]);
});
