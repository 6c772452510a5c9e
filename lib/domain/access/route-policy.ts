import { type Action, can, type Role } from './operator.ts';

/**
 * Who may ask what, in one table: `route()` takes its permission from here by its own name, and the tests that try every
 * route as everybody are made of it. A route that is not here does not compile, one that nobody serves fails a test.
 */
export const ROUTE_POLICY = {
  'GET /api/v1/at-hand': 'see-state',
  'GET /api/v1/alerts': 'manage-alerts',
  'POST /api/v1/alerts/channels': 'manage-alerts',
  'DELETE /api/v1/alerts/channels/[channelId]': 'manage-alerts',
  'PUT /api/v1/alerts/channels/[channelId]': 'manage-alerts',
  'POST /api/v1/alerts/channels/[channelId]/test': 'manage-alerts',
  'GET /api/v1/alerts/notifications': 'manage-alerts',
  'POST /api/v1/alerts/notifications/[deliveryId]/again': 'manage-alerts',
  'POST /api/v1/alerts/silences': 'manage-alerts',
  'DELETE /api/v1/alerts/silences/[silenceId]': 'manage-alerts',
  'POST /api/v1/alerts/rules': 'manage-alerts',
  'DELETE /api/v1/alerts/rules/[ruleId]': 'manage-alerts',
  'PUT /api/v1/alerts/rules/[ruleId]': 'manage-alerts',
  'GET /api/v1/audit': 'see-audit',
  'GET /api/v1/audit.csv': 'see-audit',
  'DELETE /api/v1/audit/gap': 'acknowledge-audit-gap',
  'GET /api/v1/overview': 'see-state',
  'GET /api/v1/devices': 'see-state',
  'GET /api/v1/devices.csv': 'export',
  'GET /api/v1/devices/[deviceId]': 'see-state',
  'GET /api/v1/devices/[deviceId]/preceding-changes': 'see-state',
  'POST /api/v1/devices/[deviceId]/checklist': 'tell-check',
  'DELETE /api/v1/devices/[deviceId]/checklist': 'tell-check',
  'GET /api/v1/devices/[deviceId]/history': 'see-state',
  'GET /api/v1/devices/[deviceId]/comparable': 'see-state',
  'GET /api/v1/devices/common': 'see-state',
  'GET /api/v1/devices/compare': 'see-state',
  'GET /api/v1/devices/query': 'see-state',
  'GET /api/v1/devices/raw': 'see-raw',
  'POST /api/v1/devices/reveal': 'reveal',
  'GET /api/v1/events': 'see-events',
  'GET /api/v1/live': 'see-state',
  'GET /api/v1/notes': 'see-notes',
  'POST /api/v1/notes': 'write-notes',
  'DELETE /api/v1/notes/[noteId]': 'write-notes',
  'PUT /api/v1/notes/[noteId]': 'write-notes',
  'GET /api/v1/openapi.json': 'see-state',
  'GET /api/v1/people': 'manage-people',
  'DELETE /api/v1/people/sessions': 'manage-people',
  'DELETE /api/v1/pins': 'see-state',
  'PUT /api/v1/pins': 'see-state',
  'GET /api/v1/room-groups': 'see-state',
  'GET /api/v1/rooms': 'see-state',
  'GET /api/v1/rooms/[roomId]': 'see-state',
  'GET /api/v1/search': 'see-state',
  'POST /api/v1/search': 'see-state',
  'GET /api/v1/system': 'see-service',
  'POST /api/v1/system/discovery': 'run-discovery',
  'POST /api/v1/system/health-check': 'check-connection',
  'DELETE /api/v1/sessions': 'own-account',
  'GET /api/v1/sessions': 'own-account',
  'DELETE /api/v1/sessions/[sessionId]': 'own-account',
  'GET /api/v1/tokens': 'manage-tokens',
  'POST /api/v1/tokens': 'manage-tokens',
  'DELETE /api/v1/tokens/[tokenId]': 'manage-tokens',
  'POST /api/v1/views': 'see-state',
  'DELETE /api/v1/views/[viewId]': 'see-state',
} as const satisfies Record<string, Action>;

/** A method and a path with its variable parts in brackets. */
export type RouteName = keyof typeof ROUTE_POLICY;

/** The same for pages; whoever may not open one is told so in its place, and gets nothing of it. */
export const PAGE_POLICY = {
  '/': 'see-state',
  '/compare': 'see-state',
  '/docs/api': 'see-state',
  '/docs/issues': 'see-state',
  '/devices': 'see-state',
  '/devices/[deviceId]': 'see-state',
  '/devices/[deviceId]/checklist': 'tell-check',
  '/devices/union/[deviceUnionId]': 'see-state',
  '/labels': 'see-state',
  '/rooms': 'see-state',
  '/rooms/[roomId]': 'see-state',
  '/wallboard': 'see-state',
  '/account': 'own-account',
  '/admin': 'see-service',
  '/alerts': 'manage-alerts',
  '/admin/audit': 'see-audit',
  '/admin/people': 'manage-people',
  '/admin/tokens': 'manage-tokens',
} as const satisfies Record<string, Action>;

export type PageName = keyof typeof PAGE_POLICY;

/** What needs no session, and why. */
export const CREDENTIALS: Record<string, string> = {
  '/sign-in': 'where sessions begin',
  '/api/auth/[...nextauth]': 'where sessions begin and end',
  '/api/[[...path]]': 'says of every other path that nothing is there',
  '/api/health/live': 'for probes; says that the process answers',
  '/api/health/ready': 'for probes; says that the store answers',
  '/security.txt': 'says where to report a weakness',
  '/api/dingtalk/events': 'let in by DingTalk’s signature',
};

/** Whether the role may open the page. */
export const mayOpen = (role: Role, page: PageName): boolean => can(role, PAGE_POLICY[page]);
