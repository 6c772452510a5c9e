import { gunzipSync } from 'node:zlib';
import { ask, mustBe } from './ask.mjs';

/**
 * Requests a page as a browser does, compressed, to its last byte.
 * @param {string} url
 * @param {string} cookie
 */
export async function askPage(url, cookie) {
  const answer = await ask(url, {
    cookie,
    accept: 'text/html,application/xhtml+xml',
    'accept-encoding': 'gzip',
    'accept-language': 'en',
  });
  return { ...answer, html: () => unpacked(answer).toString() };
}

/** The bytes before compression. @param {Awaited<ReturnType<typeof ask>>} answer */
export function unpacked({ headers, body }) {
  return headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
}

/**
 * Throws unless the page is there and has the text, as text and not only among the data for the browser.
 * @param {Awaited<ReturnType<typeof askPage>>} page
 * @param {string} text
 */
export function mustShow(page, text) {
  const shown = page.html().replace(/<script[\s\S]*?<\/script>/g, '');
  mustBe(page.status === 200 && shown.includes(text), `The page shows "${text}".`, `${page.status} ${shown}`);
}
