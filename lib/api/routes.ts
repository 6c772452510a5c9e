import { type Action, can, NEVER_BY_TOKEN, ROLES, type Role } from '#lib/domain/access/operator.ts';
import { ROUTE_POLICY, type RouteName } from '#lib/domain/access/route-policy.ts';
import type { ErrorCode } from '#lib/domain/errors.ts';
import { accountRoutes } from './access/account-routes.ts';
import { alertRoutes } from './alerts/alert-routes.ts';
import { auditRoutes } from './audit/audit-routes.ts';
import type { RouteContract } from './contract.ts';
import { deviceRoutes } from './devices/device-routes.ts';
import { systemRoutes } from './diagnostics/system-routes.ts';
import { eventRoutes } from './events/event-routes.ts';
import { noteRoutes } from './notes/note-routes.ts';
import { type OpenRouteName, openRoutes } from './open-routes.ts';
import { roomRoutes } from './rooms/room-routes.ts';
import { searchRoutes } from './search/search-routes.ts';

/** Topics of the API in the order of the documentation. */
export const ROUTE_TOPICS = {
  devices: deviceRoutes,
  rooms: roomRoutes,
  search: searchRoutes,
  events: eventRoutes,
  notes: noteRoutes,
  alerts: alertRoutes,
  system: systemRoutes,
  audit: auditRoutes,
  access: accountRoutes,
  open: openRoutes,
};

export type RouteTopic = keyof typeof ROUTE_TOPICS;

/**
 * Every route behind a session or token: what it takes and answers. Handlers read their schemas from here, and the OpenAPI
 * document is generated from it. A route without a contract does not compile.
 */
export const ROUTES = {
  ...deviceRoutes,
  ...roomRoutes,
  ...searchRoutes,
  ...eventRoutes,
  ...noteRoutes,
  ...alertRoutes,
  ...systemRoutes,
  ...auditRoutes,
  ...accountRoutes,
} satisfies Record<RouteName, RouteContract>;

/** A route of the documentation: behind a session or open. */
export type ApiRouteName = RouteName | OpenRouteName;

/** The contract of a route without its exact types. */
export const contractOf = (name: ApiRouteName): RouteContract =>
  isOpen(name) ? openRoutes[name] : ROUTES[name];

/** Who may use a route: the least role, and whether only sessions are accepted. Null for an open route. */
export function whoMay(name: ApiRouteName): { role: Role; sessionOnly: boolean } | null {
  if (isOpen(name)) return null;
  const action: Action = ROUTE_POLICY[name];
  const role = ROLES.find((each) => can(each, action)) ?? 'admin';
  return { role, sessionOnly: NEVER_BY_TOKEN.has(action) };
}

/** Every kind of problem that a route can answer. */
export function problemsOf(name: ApiRouteName): ErrorCode[] {
  const own = contractOf(name).problems ?? [];
  const may = whoMay(name);
  if (may === null) return [...own];
  const codes = new Set<ErrorCode>(['invalid-question', 'signed-out', 'internal', ...own]);
  const writes = !name.startsWith('GET ');
  // A write is refused when it comes from a foreign page, and when too many bodies are being received.
  if (writes) codes.add('too-many-questions');
  if (writes || may.role !== 'viewer' || may.sessionOnly) codes.add('not-permitted');
  return [...codes];
}

const isOpen = (name: ApiRouteName): name is OpenRouteName => Object.hasOwn(openRoutes, name);
