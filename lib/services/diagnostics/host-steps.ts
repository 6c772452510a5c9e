import type { NotReached, Reached } from '#lib/dingtalk/diagnostics/reach.ts';
import { type DoctorFact, fact } from '#lib/domain/diagnostics/doctor.ts';
import { partsOf } from './app-steps.ts';
import type { DoctorSettings } from './diagnostic-context.ts';
import type { Found, Step } from './run-steps.ts';

/** Whether the configuration can be read, and what it says. */
export const CONFIGURATION: Step = {
  name: 'configuration',
  needs: [],
  async run({ context: { settings, problems } }) {
    if (settings === null) {
      const facts = problems.map((text) => fact('settings-problem', { text }));
      return { state: 'failed', trouble: 'configuration-wrong', facts };
    }
    const { appUrl, clientId, corpId, proxy } = settings;
    const facts = [fact('settings-read', { appUrl, clientId })];
    if (proxy !== null)
      facts.push(fact('proxy-used', { proxy: proxy.address, except: proxy.noProxy || '-' }));
    if (corpId === null) facts.push(fact('no-corp'));
    return { state: 'ok', facts };
  },
};

/** Whether DingTalk's hosts have a name, a certificate and somebody who listens, and are of one region. */
export const HOST: Step = {
  name: 'host',
  needs: ['configuration'],
  async run(walk) {
    const { settings, checkup } = partsOf(walk);
    const { apiOrigin, oapiOrigin } = settings;
    const origins = [...new Set([apiOrigin, oapiOrigin])];
    const found = await Promise.all(origins.map((origin) => checkup.reach(origin)));
    const facts = [...found.flatMap(asFacts), ...regionFacts(settings)];
    const [api, oldApi] = found;
    if (api && 'stage' in api) return { state: 'failed', trouble: TROUBLE[api.stage], facts };
    if (oldApi && 'stage' in oldApi) {
      return { state: 'failed', trouble: 'old-api-unreachable', facts, isInTheWay: false };
    }
    return mixed(settings)
      ? { state: 'failed', trouble: 'region-mixed', facts, isInTheWay: false }
      : { state: 'ok', facts };
  },
};

const TROUBLE = {
  proxy: 'proxy-failed',
  name: 'name-unknown',
  connection: 'upstream-unreachable',
  certificate: 'certificate-refused',
} as const satisfies Record<NotReached['stage'], Extract<Found, { state: 'failed' }>['trouble']>;

function asFacts(found: Reached | NotReached): DoctorFact[] {
  const through =
    found.proxy === null ? [] : [fact('host-through-proxy', { host: found.host, proxy: found.proxy })];
  if ('stage' in found) {
    const { host, stage, failure, issuer } = found;
    const signed = issuer === '' ? [] : [fact('certificate-issuer', { host, issuer })];
    return [fact('host-failed', { host, stage, failure }), ...through, ...signed];
  }
  const { host, addresses, ms, tls, proxy } = found;
  const known = { host, ms, addresses: addresses.slice(0, 3).join(', ') || (proxy ?? '') };
  if (tls === null) return [fact('host-plain', known), ...through];
  const { protocol, issuer, validTo } = tls;
  return [
    fact('host-reached', { ...known, protocol, until: validTo.slice(0, 10) }),
    ...through,
    ...(proxy === null ? [] : [fact('certificate-issuer', { host, issuer })]),
  ];
}

/** The region of an origin by its ending; null for what is none of DingTalk's, such as a simulator. */
const regionOf = (origin: string) => /\.dingtalk\.(io|com)$/.exec(new URL(origin).hostname)?.[1] ?? null;

/** Whether API and sign-in are of two regions, which share no credentials (DingTalk: api.dingtalk.io, api.dingtalk.com). */
export function mixed({
  apiOrigin,
  loginOrigin,
}: Pick<DoctorSettings, 'apiOrigin' | 'loginOrigin'>): boolean {
  const [api, login] = [regionOf(apiOrigin), regionOf(loginOrigin)];
  return api !== null && login !== null && api !== login;
}

function regionFacts(settings: DoctorSettings): DoctorFact[] {
  const { apiOrigin, oapiOrigin, loginOrigin } = settings;
  const facts: DoctorFact[] = [];
  if (mixed(settings)) facts.push(fact('hosts-mixed', { api: apiOrigin, login: loginOrigin }));
  // Whether the international region has an old-style host of its own is not documented.
  if (regionOf(apiOrigin) === 'io') facts.push(fact('oapi-region-untold', { oapi: oapiOrigin }));
  return facts;
}
