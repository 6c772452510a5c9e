import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ScriptError } from '../process/output.mjs';
import { inRoot } from './places.mjs';

/**
 * Topics of the project. A test file belongs to a topic when one of its folders has the topic's name, and to those whose
 * pattern it matches.
 * @type {Record<string, RegExp | null>}
 */
export const TOPICS = {
  devices: /lib\/dingtalk\/rooms\//,
  rooms: null,
  inventory: null,
  search: null,
  history: null,
  issues: null,
  events: /lib\/dingtalk\/stream\//,
  alerts: null,
  budget: null,
  discovery: null,
  jobs: /e2e\/soak\//,
  access: /lib\/auth\/|lib\/dingtalk\/people\//,
  audit: /audit/,
  diagnostics: null,
  notes: null,
  connection: /lib\/(dingtalk|egress)\/|e2e\/upstream\//,
  database: /lib\/store\//,
  http: /lib\/(api|config|http|queries)\/|e2e\/http\//,
  screens: /lib\/(domain\/text|i18n)\/|e2e\/(home|screens)\//,
  simulator: null,
  tools: /^scripts\/|lib\/(commands|domain|server|testing)\/[^/]*$/,
};

/**
 * The test files of a topic, or of the whole project without one.
 * @param {string} [topic]
 * @returns {Promise<{ unit: string[], browser: string[] }>} paths from the project's folder
 */
export async function testFiles(topic) {
  if (topic !== undefined && !Object.hasOwn(TOPICS, topic)) {
    throw new ScriptError(`There is no topic '${topic}'. Topics: ${Object.keys(TOPICS).join(', ')}.`);
  }
  const found = [];
  for (const folder of ['lib', 'e2e', 'scripts']) {
    const names = await readdir(inRoot(folder), { recursive: true });
    found.push(...names.map((name) => join(folder, name).replaceAll('\\', '/')));
  }
  const files = found.filter((path) => topic === undefined || belongs(path, topic)).sort();
  return {
    unit: files.filter((path) => path.endsWith('.test.ts')),
    browser: files.filter((path) => path.endsWith('.spec.ts')),
  };
}

/** The topics that a test file belongs to. @param {string} path */
export const topicsOf = (path) => Object.keys(TOPICS).filter((topic) => belongs(path, topic));

/** @param {string} path @param {string} topic */
const belongs = (path, topic) => path.includes(`/${topic}/`) || TOPICS[topic]?.test(path) === true;
