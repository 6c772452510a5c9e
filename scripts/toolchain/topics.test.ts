import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { inRoot } from './places.mjs';
import { TOPICS, testFiles, topicsOf } from './topics.mjs';

test('every test file belongs to at least one topic of scripts/toolchain/topics.mjs', async () => {
  const { unit, browser } = await testFiles();
  expect(unit.length).toBeGreaterThan(200);
  expect(browser.length).toBeGreaterThan(50);
  expect([...unit, ...browser].filter((path) => topicsOf(path).length === 0)).toEqual([]);
});

test.each(Object.keys(TOPICS))('the topic %s has unit tests', async (topic) => {
  expect((await testFiles(topic)).unit).not.toEqual([]);
});

test('a topic names its unit and its browser tests, and none of another topic', async () => {
  const { unit, browser } = await testFiles('notes');
  expect(unit).toContain('lib/services/notes/notes.test.ts');
  expect(unit).toContain('lib/store/notes/notes.contract.test.ts');
  expect(browser).toContain('e2e/notes/notes.spec.ts');
  expect([...unit, ...browser]).not.toContain('lib/services/devices/look-up.test.ts');
});

test('an unknown topic is refused with the list of those that exist', async () => {
  await expect(testFiles('toString')).rejects.toThrow(
    /^There is no topic 'toString'\. Topics: devices, rooms, .*, tools\.$/,
  );
});

/** The fixtures that open a browser, where a test or a hook uses them. */
const ASKS_FOR_BROWSER =
  /async \(\{[^}]*\b(page|context|browser|browserName|enter)\b[^}]*\}|\bchromium\b|type Page\b/;

test('a file named *.http.spec.ts uses no browser; one without http may', async () => {
  const { browser } = await testFiles();
  const found = [];
  for (const path of browser.filter((each) => each.endsWith('.http.spec.ts'))) {
    found.push({ path, browser: ASKS_FOR_BROWSER.test(await readFile(inRoot(path), 'utf8')) });
  }
  expect(found.length).toBeGreaterThan(5);
  expect(found.filter((each) => each.browser).map(({ path }) => path)).toEqual([]);
  expect(await readFile(inRoot('e2e/notes/notes.spec.ts'), 'utf8'), 'the pattern finds one').toMatch(
    ASKS_FOR_BROWSER,
  );
});
