import { AUDIT_CHECKS } from './audit-checks.mjs';
import { GUESSING_CHECKS } from './guessing-checks.mjs';
import { OUTGOING_CHECKS } from './outgoing-checks.mjs';

/**
 * Checks by name, each with the code without it. Checks of a role are found automatically; a name that no longer exists
 * is an error.
 * @type {{ path: string, check: string, instead: string }[]}
 */
export const OTHER_CHECKS = [
  ...OUTGOING_CHECKS,
  ...AUDIT_CHECKS,
  ...GUESSING_CHECKS,
  {
    path: 'lib/http/who-asks.ts',
    check: "by === 'token' && NEVER_BY_TOKEN.has(action)",
    instead: 'false',
  },
  { path: 'lib/http/who-asks.ts', check: 'auditTokenRefusal(audit, refusal, source)', instead: 'undefined' },
  {
    path: 'lib/http/who-asks.ts',
    check: "if (!credential) throw new AppError('signed-out.token');",
    instead: 'if (way)',
  },
  {
    path: 'lib/http/who-asks.ts',
    check: "if (!session) throw new AppError('signed-out.signed-out');",
    instead:
      "if (!session) return { by: 'session', id: '', claims: {}, operator: { subject: '', name: '', role: 'admin', unionId: null } };",
  },
  {
    path: 'lib/http/written-body.ts',
    check: 'ownOrigin !== null && !isFromOwnPage(headers, ownOrigin)',
    instead: 'false',
  },
  { path: 'lib/http/written-body.ts', check: 'origin === null && site === null', instead: 'false' },
  { path: 'lib/http/written-body.ts', check: "&& (site === null || site === 'same-origin')", instead: '' },
  { path: 'lib/http/written-body.ts', check: '&& !isTyped', instead: '&& false' },
  { path: 'lib/services/access/open-streams.ts', check: 'now >= max', instead: 'false' },
  { path: 'lib/services/search/pins-and-recents.ts', check: 'others.length >= MAX_PINS', instead: 'false' },
  { path: 'lib/services/search/pins-and-recents.ts', check: 'others.length >= MAX_VIEWS', instead: 'false' },
  {
    path: 'lib/services/inventory/list-fleet.ts',
    check: "if (question.q !== '') await context.limits.search(caller);",
    instead: '',
  },
  {
    path: 'lib/services/rooms/list-rooms.ts',
    check: "if (question.q !== '') await context.limits.search(caller);",
    instead: '',
  },
  {
    path: 'lib/services/inventory/fleet-csv.ts',
    check: "if (question.q !== '') await context.limits.search(caller);",
    instead: '',
  },
  {
    path: 'lib/auth/require-operator.ts',
    check: 'if (!operator) redirect(',
    instead:
      "if (!operator) return { subject: '', name: '', role: 'admin', unionId: null };\n  if (!operator) redirect(",
  },
  { path: 'lib/auth/own-path.ts', check: '!url || url.origin !== new URL(appUrl).origin', instead: '!url' },
  { path: 'lib/auth/own-path.ts', check: "path.startsWith('//')", instead: 'false' },
  {
    path: 'lib/auth/role-of.ts',
    check: 'settings.demoAccounts && role ?',
    instead: 'role ?',
  },
  {
    path: 'lib/auth/role-of.ts',
    check: 'provider === OIDC_PROVIDER && issuer !== settings.oidc?.issuer',
    instead: 'false',
  },
  { path: 'lib/domain/access/session.ts', check: 'now >= endsAt ||', instead: '' },
  { path: 'lib/domain/access/session.ts', check: '|| now - usedAt >= SESSION_IDLE_MS', instead: '' },
  { path: 'lib/domain/access/api-token.ts', check: 'revokedAt !== null ||', instead: '' },
  { path: 'lib/domain/access/api-token.ts', check: '|| now >= expiresAt', instead: '' },
  { path: 'lib/services/access/tokens.ts', check: '!found || !right)', instead: '!found)' },
  { path: 'lib/services/access/tokens.ts', check: 'lesserRole(role, person.role)', instead: 'role' },
  {
    path: 'lib/services/access/api-tokens.ts',
    check: "if (credential.by !== 'session') throw new AppError('not-permitted.token');",
    instead: '',
  },
  {
    path: 'lib/http/front/why-refused.ts',
    check: 'host !== ownHost && !PROBES.has(path)',
    instead: 'false',
  },
  { path: 'lib/http/front/why-refused.ts', check: '!isPlainTarget(url)', instead: 'false' },
  {
    path: 'lib/http/front/why-refused.ts',
    check: 'path.startsWith(DEMO_SIGN_IN) && !isAtThisMachine(peer, headers)',
    instead: 'false',
  },
  {
    path: 'lib/http/front/why-refused.ts',
    check: "LOOPBACK.check(peer, isIPv6(peer) ? 'ipv6' : 'ipv4') &&",
    instead: '',
  },
  { path: 'lib/config/config.ts', check: '!demoAccounts || isLoopback(hostname)', instead: 'true' },
  {
    path: 'lib/config/config.ts',
    check: "protocol === 'http:' && !isLoopback(hostname) && !config.insecureHttp",
    instead: 'false',
  },
  { path: 'lib/http/front/why-refused.ts', check: 'reads && carriesBody(headers)', instead: 'false' },
  {
    path: 'lib/http/front/request-target.ts',
    check: 'hasDotSegment(text) || hasControl(text)',
    instead: 'false',
  },
  {
    path: 'lib/http/front/request-target.ts',
    check: '!mayHoldSlashes && countOf(text) !== separators',
    instead: 'false',
  },
  {
    path: 'lib/http/front/request-target.ts',
    check: 'if (escapedPlainly(path)) return false;',
    instead: '',
  },
  { path: 'lib/http/front/request-target.ts', check: '|| SECOND_NAMES.test(path)', instead: '' },
  { path: 'lib/http/front/read-whole.ts', check: 'needed > MAX_BYTES', instead: 'false' },
  {
    path: 'lib/http/front/read-whole.ts',
    check: 'bytesInAll + room - held.byteLength > MAX_BYTES_IN_ALL',
    instead: 'false',
  },
  {
    path: 'lib/domain/search/identifier-kind.ts',
    check: '&& !isSecretKind(kind)',
    instead: '',
  },
  {
    path: 'lib/services/devices/device-access.ts',
    check: "(access === 'unasked' && !can(role, 'ask-live'))",
    instead: "access === 'unasked'",
  },
  {
    path: 'lib/services/devices/device-access.ts',
    check: "access === 'unasked' && inOwnName &&",
    instead: 'false &&',
  },
  {
    path: 'lib/domain/devices/query-decision.ts',
    check: "if (insist && !mayAsk) return { kind: 'refuse', reason: 'not-permitted.live-question' };",
    instead: '',
  },
  {
    path: 'lib/domain/devices/query-decision.ts',
    check: "if (!mayAsk) return instead('not-permitted.live-question', 'not-permitted.not-known-yet');",
    instead: '',
  },
  {
    path: 'lib/domain/devices/query-decision.ts',
    check: "if (mayAsk && access !== 'granted' && !isOwn) return false;",
    instead: '',
  },
  {
    path: 'lib/domain/devices/query-decision.ts',
    check: "observedAt === null || access === 'refused') return false;",
    instead: 'observedAt === null) return false;',
  },
  {
    path: 'lib/domain/devices/query-decision.ts',
    check: "if (vouched && observedAt !== null && access !== 'refused')",
    instead: 'if (vouched && observedAt !== null)',
  },
  {
    path: 'lib/store/budget/ledger.ts',
    check: 'if (asker) await checkShare(trx, { asker, at, limit, total: counted.total - 1 });',
    instead: '',
  },
  {
    path: 'lib/store/budget/daily-share.ts',
    check: 'asker.unknownId && unknownIds >= share.unknownIds',
    instead: 'false',
  },
  {
    path: 'lib/store/backup/file.ts',
    check: 'if (hmac && !isSame(value.mac, hmac.digest()))',
    instead: 'if (false)',
  },
  { path: 'lib/store/backup/file.ts', check: 'if (unauthenticated) return null;', instead: 'return null;' },
  { path: 'lib/store/backup/allow-list.ts', check: '!isMomentary(name)', instead: 'true' },
  {
    path: 'lib/store/backup/allow-list.ts',
    check: 'if (strange !== undefined) throw',
    instead: 'if (false) throw',
  },
  {
    path: 'lib/store/backup/restore-backup.ts',
    check: 'if (!checked.authenticated) await disarm(trx, nowMs);',
    instead: '',
  },
  { path: 'lib/store/backup/revoked.ts', check: ', on: false }', instead: ' }' },
  {
    path: 'lib/store/backup/revoked.ts',
    check: "await trx.deleteFrom('deliveries').where('state', '=', 'waiting').execute();",
    instead: '',
  },
  { path: 'lib/store/backup/restore-backup.ts', check: 'await keepLater(trx, later);', instead: '' },
  { path: 'lib/store/sqlite.ts', check: '  makeDatabasePrivate(dataDir);', instead: '' },
  { path: 'lib/store/sealing/sealed-text.ts', check: 'byId.get(id);', instead: 'current.key;' },
  {
    path: 'lib/store/sealing/vault.ts',
    check: "isSecretKind(kind) ? (hashes[0]?.of(kind, value) ?? '') : value",
    instead: 'value',
  },
];
