// Loaded into a server under test by NODE_OPTIONS: its dates go ahead by the milliseconds that the file CLOCK_AHEAD_FILE
// holds. Timers go on as before.
import { readFileSync } from 'node:fs';

const file = process.env.CLOCK_AHEAD_FILE;
const RealDate = Date;
const realNow = RealDate.now.bind(RealDate);
const READ_AGAIN_MS = 50;
let [aheadMs, readAt] = [0, Number.NEGATIVE_INFINITY];

function now() {
  const real = realNow();
  if (file && real - readAt >= READ_AGAIN_MS) {
    [aheadMs, readAt] = [Number(readFileSync(file, 'utf8')), real];
  }
  return real + aheadMs;
}

RealDate.now = now;
const MovedDate = new Proxy(RealDate, {
  construct: (target, args, made) => Reflect.construct(target, args.length === 0 ? [now()] : args, made),
  apply: () => new RealDate(now()).toString(),
});
RealDate.prototype.constructor = MovedDate;
globalThis.Date = MovedDate;
