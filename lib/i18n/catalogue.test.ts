import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DOCTOR_FACTS, DOCTOR_STEPS } from '#lib/domain/diagnostics/doctor.ts';
import { SYSTEM_EVIDENCE, SYSTEM_ISSUES, SYSTEM_SOURCES } from '#lib/domain/diagnostics/system-issue.ts';
import { ERROR_REASONS } from '#lib/domain/errors.ts';
import en from './en.json' with { type: 'json' };
import { pickLocale } from './locale.ts';
import { problemTexts } from './problem-texts.ts';
import zh from './zh.json' with { type: 'json' };

type Node = { [key: string]: Node | string };

function leaves(node: Node, path = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(node)) {
    if (typeof value === 'string') found.set(path + key, value);
    else for (const [name, text] of leaves(value, `${path}${key}.`)) found.set(name, text);
  }
  return found;
}

// A word alone in braces or before a comma is a value; the words of a plural's branch are not.
const names = (text: string) =>
  [...text.matchAll(/\{(\w+)[,}]|<\/?(\w+)>/g)].map((match) => match[1] ?? match[2]).sort();

const english = leaves(en);
const chinese = leaves(zh);

describe('the message catalogue', () => {
  test('has every text in both languages', () => {
    expect([...chinese.keys()].sort()).toEqual([...english.keys()].sort());
  });

  test('uses the same values in a text and its translation', () => {
    for (const [key, text] of english) {
      const used = new Set(names(chinese.get(key) ?? ''));
      expect([key, ...used]).toEqual([key, ...new Set(names(text))]);
    }
  });

  test('leaves nothing in English except names that Chinese readers use as they are', () => {
    const same = [...english].filter(([key, text]) => chinese.get(key) === text).map(([key]) => key);
    expect(same).toEqual([
      'app.name',
      'device.fields.mac',
      'device.fields.ssid',
      'device.fields.ip',
      'device.fields.wifiMac',
      'device.network.wifi',
      // A language is called what it calls itself.
      'alerts.channels.languages.en',
      'alerts.channels.languages.zh',
    ]);
  });

  test('has a title, a detail and a hint for every reason of an error', () => {
    for (const [code, reasons] of Object.entries(ERROR_REASONS)) {
      for (const why of reasons) {
        for (const part of ['title', 'detail', 'hint']) {
          expect(english.get(`problems.${code}.${why}.${part}`), `${code}.${why}.${part}`).toBeTruthy();
        }
      }
    }
  });

  test('has texts for every service issue, every health check step and every result', () => {
    for (const code of Object.keys(SYSTEM_ISSUES)) {
      for (const part of ['title', 'causes', 'next', 'screen', 'cannot']) {
        expect(english.get(`systemIssues.catalogue.${code}.${part}`), `${code}.${part}`).toBeTruthy();
      }
    }
    const keys = [
      ...SYSTEM_EVIDENCE.map((what) => `systemIssues.evidence.${what}`),
      ...SYSTEM_SOURCES.map((source) => `systemIssues.source.${source}`),
      ...DOCTOR_STEPS.map((step) => `doctor.steps.${step}`),
      ...DOCTOR_FACTS.map((name) => `doctor.facts.${name}`),
    ];
    for (const key of keys) expect(english.get(key), key).toBeTruthy();
  });

  test('names a missing permission in the text', () => {
    const words = problemTexts('dingtalk-refused.scope', { scopes: 'Some.Scope.Read' });
    expect(words.detail).toContain('Some.Scope.Read');
    expect(problemTexts('dingtalk-refused.scope', {}).hint).toContain('VideoConference.Conference.Read');
  });

  test('no component contains a text of a screen', () => {
    const written = sources('components').concat(sources('app')).flatMap(wordsIn);
    expect(written).toEqual([]);
  });
});

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.tsx'))
    .map((name) => join(folder, name));
}

/** Text between tags, and texts in attributes that people see or hear. */
function wordsIn(file: string): string[] {
  const code = readFileSync(file, 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
  const between = [...code.matchAll(/[a-z"'}]>\s*([A-Za-z][A-Za-z ,.]+?)\s*<\//g)];
  const attributes = [...code.matchAll(/\b(?:title|aria-label|placeholder|alt)="([^"]+)"/g)];
  return [...between, ...attributes].map((match) => `${file}: ${match[1]}`);
}

describe('the language of a request', () => {
  test.each([
    [undefined, 'zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
    [undefined, 'en-GB,en;q=0.9', 'en'],
    [undefined, 'de-DE,de;q=0.9', 'en'],
    [undefined, 'en;q=0.1, zh;q=0.9', 'zh'],
    [undefined, 'zh;q=0, en', 'en'],
    [undefined, null, 'en'],
    ['en', 'zh-CN', 'en'],
    ['xx', 'zh-CN', 'zh'],
    [undefined, ';;;q=abc,,', 'en'],
  ])('chosen %s, asked for %s: %s', (chosen, accept, locale) => {
    expect(pickLocale(chosen, accept)).toBe(locale);
  });
});
