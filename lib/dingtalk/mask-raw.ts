/** Fields that let somebody act: the cast code lets anyone nearby cast to the screen, the SIP account is a login. */
const SECRET = new Set(['shareCode', 'sipAccountName']);

const MASK = '••••••';

/** A copy of a raw answer with the secrets blotted out at any depth, so that it can be shown and pasted. */
export function maskRaw(raw: unknown): unknown {
  if (Array.isArray(raw)) return raw.map(maskRaw);
  if (typeof raw !== 'object' || raw === null) return raw;
  const entries = Object.entries(raw).map(([key, value]) => [key, SECRET.has(key) ? MASK : maskRaw(value)]);
  return Object.fromEntries(entries);
}
