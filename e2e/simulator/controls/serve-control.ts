import type { ServerResponse } from 'node:http';
import { deliver, jsonAnswer } from '../answer.ts';
import { matchPath } from '../apis/path-pattern.ts';
import { looseBody, type Question } from '../apis/question.ts';
import { type Control, type ControlAnswer, refusedControl, type Simulator } from './control.ts';
import { DAY_CONTROLS } from './day-controls.ts';
import { EVENT_CONTROLS } from './event-controls.ts';
import { FAULT_CONTROLS } from './fault-controls.ts';
import { ROBOT_CONTROLS } from './robot-controls.ts';
import { SERVICE_CONTROLS } from './service-controls.ts';
import { STREAM_CONTROLS } from './stream-controls.ts';
import { WORLD_CONTROLS } from './world-controls.ts';

export const CONTROL_ROOT = '/__control/';

/** All controls. */
export const CONTROLS: readonly Control[] = [
  ...WORLD_CONTROLS,
  ...FAULT_CONTROLS,
  ...SERVICE_CONTROLS,
  ...EVENT_CONTROLS,
  ...STREAM_CONTROLS,
  ...DAY_CONTROLS,
  ...ROBOT_CONTROLS,
];
const LOOPBACK = /^(::ffff:)?127\.|^::1$/;

/** Answers a control; only clients on the same machine are accepted. */
export async function serveControl(
  question: Question,
  response: ServerResponse,
  simulator: Simulator,
  peer: string,
): Promise<void> {
  const {
    status = 200,
    body,
    afterwards,
  } = LOOPBACK.test(peer)
    ? await answerOf(question, simulator)
    : refusedControl('controls are for this machine only', 403);
  if (afterwards) response.once('finish', afterwards);
  deliver(response, jsonAnswer(status, body));
}

function answerOf(question: Question, simulator: Simulator): ControlAnswer | Promise<ControlAnswer> {
  if (question.path === CONTROL_ROOT) return { body: { controls: CONTROLS.map(described) } };
  for (const control of CONTROLS) {
    const params = control.method === question.method ? matchPath(control.path, question.path) : undefined;
    if (params) return control.run({ params, body: looseBody(question) }, simulator);
  }
  return refusedControl(`no such control; GET ${CONTROL_ROOT} lists them all`, 404);
}

const described = ({ method, path, body = '', meaning }: Control) => ({ method, path, body, meaning });
