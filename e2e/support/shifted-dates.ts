import type { Browser } from '@playwright/test';

/** The offset of the clock by `npm run calendar` for this process and all servers. */
const shiftMs = Number(process.env.CALENDAR_SHIFT_MS ?? 0);

/** Gives every page of a browser the date of the servers. Timers are not changed. */
export function shiftDates(browser: Browser): void {
  if (shiftMs === 0) return;
  const newContext = browser.newContext.bind(browser);
  browser.newContext = async (options) => {
    const context = await newContext(options);
    await context.addInitScript(replaceDate, shiftMs);
    return context;
  };
}

/** Runs in the page, before its own scripts. */
function replaceDate(ms: number): void {
  const RealDate = Date;
  const realNow = RealDate.now;
  const now = () => realNow() + ms;
  RealDate.now = now;
  const ShiftedDate = new Proxy(RealDate, {
    construct: (target, args, made) => Reflect.construct(target, args.length === 0 ? [now()] : args, made),
    apply: () => new RealDate(now()).toString(),
  });
  RealDate.prototype.constructor = ShiftedDate;
  globalThis.Date = ShiftedDate;
}
