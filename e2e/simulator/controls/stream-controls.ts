import { STREAM_ACTIONS } from '../events/stream-actions.ts';
import { STREAM_CHECKS, type StreamSettings } from '../events/stream-settings.ts';
import { refusedSetting } from '../faults/refused-setting.ts';
import {
  type Control,
  type ControlAnswer,
  type ControlQuestion,
  refusedControl,
  type Simulator,
} from './control.ts';

const PATH = '/__control/events/stream';
const EXPIRE = 'expire-tickets';
const names = [...Object.keys(STREAM_ACTIONS), EXPIRE];
const meanings = Object.entries(STREAM_ACTIONS).map(([name, { meaning }]) => `${name}: ${meaning}`);

export const STREAM_CONTROLS: readonly Control[] = [
  {
    method: 'PUT',
    path: PATH,
    body: '{"speed"?, "answerSeconds"?, "giveUpSeconds"?, "silenceSeconds"?, "pingSeconds"?, "keepAliveSeconds"?, "greets"?: boolean, "headerKey"?: "headers" | "header", "connects"?: "yes" | "refused" | "hangs", "endpoint"?: text | null}',
    meaning: 'how the stream behaves; a speed of 10 makes every wait a tenth',
    run: putSettings,
  },
  {
    method: 'POST',
    path: PATH,
    body: `{"do": ${names.map((name) => `"${name}"`).join(' | ')}, "connection"?: id}`,
    meaning: `does something to one connection or to all; ${meanings.join('; ')}; ${EXPIRE}: no ticket is good any more`,
    run: act,
  },
];

function putSettings({ body }: ControlQuestion, { dingtalk: { events } }: Simulator): ControlAnswer {
  const refusal = refusedSetting(body, STREAM_CHECKS);
  if (refusal) return refusedControl(refusal);
  events.stream.set(body as Partial<StreamSettings>);
  return { body: events.stream.settings };
}

function act({ body }: ControlQuestion, { dingtalk: { events } }: Simulator): ControlAnswer {
  const { do: action, connection } = body;
  if (action === EXPIRE) return { body: { expired: events.stream.tickets.expireAll() } };
  if (typeof action !== 'string' || !Object.hasOwn(STREAM_ACTIONS, action)) {
    return refusedControl(`do must be one of ${names.join(', ')}`);
  }
  if (connection !== undefined && typeof connection !== 'number') {
    return refusedControl('connection must be the number of one');
  }
  return { body: { done: action, connections: events.stream.act(action, connection) } };
}
