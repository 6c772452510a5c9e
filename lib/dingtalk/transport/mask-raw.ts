import { isRecord, parseJson } from './json.ts';

/**
 * Fields that let somebody act: a cast code (an answer's, an event's, a property's) lets anyone nearby cast to the
 * screen, the SIP account is a login.
 */
const SECRET = new Set(['shareCode', 'sipAccountName', 'projectionCode', 'dev_code']);

const MASK = '••••••';

/**
 * A copy of what DingTalk sent, an answer or the body of an event, with the secrets blotted out at any depth, so that
 * it can be shown and pasted. That includes `{propertyName: "dev_code", propertyValue}`, and JSON inside a text, in
 * which events may carry a part of themselves.
 */
export function maskRaw(raw: unknown): unknown {
  if (typeof raw === 'string') return maskText(raw);
  if (Array.isArray(raw)) return raw.map(maskRaw);
  if (!isRecord(raw)) return raw;
  const isSecret = (key: string) => SECRET.has(key) || (key === 'propertyValue' && namesSecret(raw));
  const entries = Object.entries(raw).map(([key, value]) => [key, isSecret(key) ? MASK : maskRaw(value)]);
  return Object.fromEntries(entries);
}

function namesSecret({ propertyName }: Record<string, unknown>): boolean {
  return typeof propertyName === 'string' && SECRET.has(propertyName.trim());
}

// A text without secrets stays to the letter.
function maskText(text: string): string {
  const value = /^\s*[[{"]/.test(text) ? parseJson(text) : undefined;
  if (value === undefined) return text;
  const masked = JSON.stringify(maskRaw(value));
  return masked === JSON.stringify(value) ? text : masked;
}
