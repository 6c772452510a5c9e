import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { inRoot } from './places.mjs';
import { Trouble } from './say.mjs';

/**
 * Topics of the project, each with the pattern of the test files that belong to it. A file may belong to several.
 * @type {Record<string, RegExp>}
 */
export const TOPICS = {
  devices:
    /look-up|device-page|device-question|query-de|compare|reveal|conceal|secret|summary|\/answers|\/wire|mask-raw|field-action|last-update|standing|share-among|union-id|labels?\b|hostile-device|fault-matrix|store\.contract|devices?\//,
  rooms: /rooms?\b|room-|group-(tree|paths)|list-questions|rooms?\//,
  inventory:
    /inventory|fleet|csv|labels?\b|subnet|list-labels|search-choice|length-units|lines-response|\bwall\b/,
  search: /search|palette|identifier|scan-text|find-by-name|at-hand|personal|word-marks|unread-filter/,
  history: /history|-then|time-travel|status-spans|timeline|axis-ticks|alarm-episodes|before|came-before/,
  findings:
    /finding|common-ground|fisher|peers|find-t|trouble|suspicion|before|came-before|conceal-change|around-findings|share-of/,
  events: /events?\b|callback|(?<!up)stream|intake|live|heard|told|organisation|crypto/,
  alerts: /attention|alert|robot|notice|notification|quiet-time|push-allowance|markdown|alarm|delivery/,
  budget: /budget|ledger|meter|together|spending|calls|counted|forecast|rate-limit|\blimits|ban\b/,
  discovery: /discover|look-around|look-plan|\bduties|new-desk/,
  jobs: /dut(y|ies)|jobs?\b|tidy|keep-|lease|two-instances|crash|restart|soak/,
  access:
    /\baccess\b|auth\/|sign-in|session|tokens?\b|polic|roles|who-|people|person|account|own-machine|retell|directory|limit-sign/,
  audit: /audit|merge-refusals|merged-line/,
  diagnostics:
    /doctor|check-connection|service-notice|\/service\.|health|desk-troubles|describe-troubles|uncaught|\blog\b|metrics/,
  notes: /notes|(\/check|\/checks|checklist)\./,
  connection:
    /dingtalk\/|egress|proxy|retry|transport|upstream|http-answer|trouble-on-the-way|trouble-by-refusal|\bban/,
  database: /store\/|backup|sealing|sealed|postgres|sqlite|upgrade|store-trouble/,
  http: /lib\/(http|queries|config)|front|bad-input|limits|-api\b|body|bodies|concurren|address/,
  screens:
    /accessibility|keyboard|shortcuts|languages|hostile-(device|everywhere|screens)|screens?\b|words\/|i18n|browser-agent|layout|\/answers|\bwall\b/,
  simulator: /simulator/,
  tools: /^scripts\/|-command\b|clock|config\.test|environment\.test/,
};

/**
 * The test files of a topic, or of the whole project without one.
 * @param {string} [topic]
 * @returns {Promise<{ unit: string[], browser: string[] }>} paths from the project's folder
 */
export async function testFiles(topic) {
  if (topic !== undefined && !Object.hasOwn(TOPICS, topic)) {
    throw new Trouble(`There is no topic '${topic}'. Topics: ${Object.keys(TOPICS).join(', ')}.`);
  }
  const found = [];
  for (const folder of ['lib', 'e2e', 'scripts']) {
    const names = await readdir(inRoot(folder), { recursive: true });
    found.push(...names.map((name) => join(folder, name).replaceAll('\\', '/')));
  }
  const files = found.filter((path) => topic === undefined || TOPICS[topic]?.test(path)).sort();
  return {
    unit: files.filter((path) => path.endsWith('.test.ts')),
    browser: files.filter((path) => path.endsWith('.spec.ts')),
  };
}

/** The topics that a test file belongs to. @param {string} path */
export const topicsOf = (path) => Object.keys(TOPICS).filter((topic) => TOPICS[topic]?.test(path));
