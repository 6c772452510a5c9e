import type { Answer } from '../answer.ts';
import { noSuchPath, oldAnswer } from '../api-error.ts';
import { SIGN_IN_PAGES } from '../people/sign-in-page.ts';
import type { Api } from './api.ts';
import { CONTACT_APIS } from './contact-apis.ts';
import { DEVICE_APIS } from './device-apis.ts';
import { EVENT_APIS } from './event-apis.ts';
import { ROBOT_APIS } from './robot-apis.ts';
import { ROOM_APIS } from './room-apis.ts';
import { TOKEN_APIS } from './token-apis.ts';

/** All routes; fixed paths are before those with parameters. */
export const APIS: readonly Api[] = [
  ...DEVICE_APIS,
  ...ROOM_APIS,
  ...TOKEN_APIS,
  ...CONTACT_APIS,
  ...SIGN_IN_PAGES,
  ...EVENT_APIS,
  ...ROBOT_APIS,
];

/** Both hosts answer 200 to unknown paths, each in its own way. */
export function unknownPath(path: string): Answer {
  if (!path.startsWith('/topapi/')) return noSuchPath();
  const message = `不合法ApiName，ApiName = dingtalk.oapi${path.slice('/topapi'.length).replaceAll('/', '.')}`;
  return oldAnswer(22, `Invalid method[submsg=${message}]`, { sub_msg: message });
}
