import fc from 'fast-check';

/** An answer as it goes over the wire. */
export type WireAnswer = { status: number; body: Buffer };

/** Spoils one answer; what it does was drawn before. */
export type Spoiling = (good: WireAnswer) => WireAnswer;

type Json = unknown;
/** Changes one spot of a value: the value there, or, where it is an object, its members. */
type Change = (spot: Json) => Json;

// What JSON can say and JSON.stringify cannot: numbers beyond a double, and beyond whole ones.
const NUMBERS = ['1e400', '-1e400', '-0', '123456789012345678901234567890', '1E-400', '0.1e1'];
const mark = (number: string) => `raw number ${number}`;
const withRawNumbers = (text: string) =>
  NUMBERS.reduce((all, number) => all.replaceAll(`"${mark(number)}"`, number), text);

const KEYS = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'then',
  'result',
  'errcode',
  'code',
  'status',
];
const keys = fc.oneof(
  fc.constantFrom(...KEYS, ...['deviceId', 'controllers', 'access_token', 'expires_in', 'punish', '']),
  fc.string({ unit: 'binary' }),
);
const values = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.string({ unit: 'binary' }),
  fc.constantFrom(...NUMBERS.map(mark)),
  fc.constantFrom('', null, 0, -1, true, [], {}, [null], [[]], 8.64e15, '1111', 1111, 'deny', '\0', '\ud800'),
);

const put = values.map(
  (value): Change =>
    () =>
      value,
);
const nest = fc.tuple(fc.integer({ min: 1, max: 60 }), fc.boolean()).map(
  ([levels, inList]): Change =>
    (spot) =>
      Array.from({ length: levels }).reduce((inner) => (inList ? [inner] : { result: inner }), spot),
);
const grow = fc.tuple(fc.constantFrom(2, 300, 5_000), fc.constantFrom('x', '测', '\u202e', '"')).map(
  ([times, letter]): Change =>
    (spot) => {
      if (typeof spot === 'string') return `${spot}${letter.repeat(times)}`;
      return Array.isArray(spot) && spot.length > 0 ? Array.from({ length: times }, () => spot[0]) : [spot];
    },
);
const member = fc.tuple(fc.nat(), keys, fc.constantFrom('rename', 'drop', 'add'), values).map(
  ([at, name, how, value]): Change =>
    (spot) => {
      if (typeof spot !== 'object' || spot === null || Array.isArray(spot)) return value;
      const members = Object.entries(spot);
      const chosen = members.length === 0 ? -1 : at % members.length;
      if (how === 'add' || chosen < 0) return Object.fromEntries([...members, [name, value]]);
      const changed = members.flatMap(([key, held], index) => {
        if (index !== chosen) return [[key, held]];
        return how === 'drop' ? [] : [[name, held]];
      });
      return Object.fromEntries(changed);
    },
);
const changes = fc.array(fc.tuple(fc.nat(), fc.oneof(put, put, member, member, nest, grow)), {
  minLength: 1,
  maxLength: 5,
});

const inValue = changes.map(
  (all): Spoiling =>
    ({ status, body }) => {
      const value = all.reduce(([...held], [at, change]) => [changedAt(held[0], at, change)], [parsed(body)]);
      return { status, body: Buffer.from(withRawNumbers(JSON.stringify(value[0]) ?? '')) };
    },
);
const inBytes = fc
  .tuple(fc.nat(), fc.nat(), fc.uint8Array({ maxLength: 8 }))
  .map(([from, to, noise]): Spoiling => {
    return ({ status, body }) => {
      const [start, end] = [from % (body.length + 1), to % (body.length + 1)];
      return { status, body: Buffer.concat([body.subarray(0, start), noise, body.subarray(end)]) };
    };
  });
const inBit = fc.tuple(fc.nat(), fc.nat({ max: 7 })).map(([at, bit]): Spoiling => {
  return ({ status, body }) => {
    const changed = Buffer.from(body);
    const spot = at % Math.max(1, body.length);
    changed[spot] = (changed[spot] ?? 0) ^ (1 << bit);
    return { status, body: changed };
  };
});
const inStatus = fc
  .constantFrom(200, 201, 204, 206, 301, 304, 400, 401, 403, 404, 409, 418, 429, 500, 502, 503, 504, 599)
  .map(
    (status): Spoiling =>
      ({ body }) => ({ status, body }),
  );

/** One way to spoil an answer of DingTalk's: its members, types, depth and sizes, its bytes, its status, or several. */
export const spoilings: fc.Arbitrary<Spoiling> = fc
  .array(fc.oneof({ weight: 6, arbitrary: inValue }, inBytes, inBit, inStatus), {
    minLength: 1,
    maxLength: 2,
  })
  .map((steps) => (good) => steps.reduce((answer, step) => step(answer), good));

/** Of a body that was spoiled before and is no JSON any more, its text. */
function parsed(body: Buffer): Json {
  try {
    return JSON.parse(body.toString());
  } catch {
    return body.toString();
  }
}

/** The value with the spot of that number changed, spots being counted as they are written, from the outermost. */
function changedAt(value: Json, at: number, change: Change): Json {
  const spots = countSpots(value);
  let left = at % spots;
  const walk = (spot: Json): Json => {
    if (left === 0) {
      left = -1;
      return change(spot);
    }
    if (left > 0) left -= 1;
    if (Array.isArray(spot)) return spot.map(walk);
    if (typeof spot !== 'object' || spot === null) return spot;
    return Object.fromEntries(Object.entries(spot).map(([name, inner]) => [name, walk(inner)]));
  };
  return walk(value);
}

function countSpots(value: Json): number {
  if (typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce((sum: number, inner) => sum + countSpots(inner), 1);
}
