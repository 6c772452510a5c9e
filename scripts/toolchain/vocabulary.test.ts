import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { inRoot } from './places.mjs';
import { projectFiles } from './project-files.mjs';

/** Words that names must not contain, and the term to use instead. */
const TERMS = new Map(
  Object.entries({
    attention: 'alerts',
    believed: 'session cache',
    deed: 'audit entry',
    doer: 'actor',
    door: 'transport',
    duty: 'job',
    finding: 'issue',
    haystack: 'search text',
    retell: 'refresh claims',
    tidied: 'retention',
    tidy: 'retention',
    twin: 'comparable device',
  }),
);

/** Words that names of tests and tools must not contain either. */
const TERMS_OF_TESTS = new Map([
  ...TERMS,
  ...Object.entries({
    heard: 'received',
    hear: 'receive',
    lean: 'minimal',
    nobody: 'unknown person',
    quiet: 'idle',
    story: 'test',
    tell: 'send',
    told: 'sent',
    whoever: 'person',
  }),
]);

/** Names that others gave: an icon library, and settings of this and of earlier versions. */
const GIVEN = new Set([
  'ATTENTION_ALLOW_PRIVATE',
  'DUTIES',
  'DoorClosedLocked',
  'DoorOpen',
  // Devices that need attention, on the home page.
  'attention',
]);
/** An option of Next, and a text that no device contains. */
const GIVEN_IN_TESTS = new Set([...GIVEN, 'quiet', 'nobodyKnowsThis1']);

const COMMENTS_AND_TEXTS =
  /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|\/(?![*/ ])(?:\\.|\[[^\]\n]*\]|[^/\\\n])+\//g;
const NAME = /[A-Za-z_$][\w$]*/g;
const WORD = /[A-Z]?[a-z]+|[A-Z]+(?![a-z])/g;

const singular = (word: string) => word.replace(/ies$/, 'y').replace(/(?<!s)s$/, '');
const isIn = (terms: Map<string, string>, word: string) => terms.has(word) || terms.has(singular(word));

/** The names in a text that contain a word of the terms. */
function wrongNames(text: string, terms = TERMS, given = GIVEN): string[] {
  return [...new Set(text.match(NAME) ?? [])].filter(
    (name) => !given.has(name) && (name.match(WORD) ?? []).some((word) => isIn(terms, word.toLowerCase())),
  );
}

const codeOf = (source: string) => source.replaceAll(COMMENTS_AND_TEXTS, ' ');

test('names of files and in code use the terms of the glossary', () => {
  const files = projectFiles().filter((file) => /^(app|bench|components|e2e|lib|scripts)\//.test(file));
  const source = files.filter(
    (file) => /\.(mjs|tsx?)$/.test(file) && file !== 'scripts/toolchain/vocabulary.test.ts',
  );
  expect(source.length).toBeGreaterThan(1_000);
  const wrong = source.flatMap((file) =>
    [...wrongNames(file), ...wrongNames(codeOf(readFileSync(inRoot(file), 'utf8')))].map(
      (name) => `${file}: ${name}`,
    ),
  );
  expect(wrong).toEqual([]);
});

test('names in tests and tools use the terms of the glossary', () => {
  const source = projectFiles().filter(
    (file) =>
      /^(bench|e2e|scripts|lib\/testing)\/.*\.(mjs|ts)$/.test(file) &&
      file !== 'scripts/toolchain/vocabulary.test.ts',
  );
  expect(source.length).toBeGreaterThan(200);
  const wrong = source.flatMap((file) =>
    [file, codeOf(readFileSync(inRoot(file), 'utf8'))]
      .flatMap((text) => wrongNames(text, TERMS_OF_TESTS, GIVEN_IN_TESTS))
      .map((name) => `${file}: ${name}`),
  );
  expect(wrong).toEqual([]);
});

test('finds a private word in a name, also in the plural and in parts of names', () => {
  expect(
    wrongNames(codeOf("const twinOf = 1; startDuties(); type AttentionRule = 'finding'; // a door")),
  ).toEqual(['twinOf', 'startDuties', 'AttentionRule']);
  expect(wrongNames('lib/services/findings/find-twin.ts')).toEqual(['findings', 'twin']);
  expect(wrongNames('DoorOpen DUTIES attend doorway')).toEqual([]);
});
