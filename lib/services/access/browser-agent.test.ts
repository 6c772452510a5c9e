import { expect, test } from 'vitest';
import { browserAgent } from './browser-agent.ts';

const MOZILLA = 'Mozilla/5.0';
const KHTML = 'AppleWebKit/537.36 (KHTML, like Gecko)';

test.each([
  [`${MOZILLA} (Windows NT 10.0; Win64; x64) ${KHTML} Chrome/142.0.0.0 Safari/537.36`, 'Chrome', 'Windows'],
  [
    `${MOZILLA} (Windows NT 10.0; Win64; x64) ${KHTML} Chrome/142.0 Safari/537.36 Edg/142.0`,
    'Edge',
    'Windows',
  ],
  [
    `${MOZILLA} (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1 Version/18.1 Safari/605.1`,
    'Safari',
    'macOS',
  ],
  [`${MOZILLA} (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0`, 'Firefox', 'Linux'],
  [`${MOZILLA} (Linux; Android 15; Pixel 9) ${KHTML} Chrome/142.0 Mobile Safari/537.36`, 'Chrome', 'Android'],
  [
    `${MOZILLA} (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1 CriOS/142.0 Mobile Safari/604.1`,
    'Chrome',
    'iPhone',
  ],
  [
    `${MOZILLA} (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1 Mobile AliApp(DingTalk/7.6.50)`,
    'DingTalk',
    'iPhone',
  ],
  [
    `${MOZILLA} (iPad; CPU OS 18_1 like Mac OS X) AppleWebKit/605.1 Version/18.1 Safari/604.1`,
    'Safari',
    'iPad',
  ],
  [
    `${MOZILLA} (Windows NT 10.0; WOW64) ${KHTML} Chrome/104.0 Safari/537.36 DingTalk(7.6.15-Release)`,
    'DingTalk',
    'Windows',
  ],
  [
    `${MOZILLA} (Linux; Android 13) ${KHTML} Version/4.0 Chrome/100.0 Mobile Safari/537.36 MicroMessenger/8.0.40`,
    'WeChat',
    'Android',
  ],
  [`${MOZILLA} (X11; CrOS x86_64 14541.0.0) ${KHTML} Chrome/142.0 Safari/537.36`, 'Chrome', 'ChromeOS'],
  [`${MOZILLA} (Phone; OpenHarmony 5.0) ${KHTML} Chrome/114.0 Safari/537.36`, 'Chrome', 'HarmonyOS'],
  ['Session of the administrator/1.0 (trust it) and more', null, null],
  ['', null, null],
  ['curl/8.10.1', 'curl', null],
  ['<script>', null, null],
  [null, null, null],
])('%s is shown as %s on %s', (text, browser, system) => {
  expect(browserAgent(text)).toEqual({ browser, system });
});
