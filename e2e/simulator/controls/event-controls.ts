import { sendEvent } from '../apis/send-event.ts';
import { SPELLINGS } from '../events/callback-letter.ts';
import { EVENT_FORMS } from '../events/event-forms.ts';
import { FORGERIES, HOSTILITY_CHECKS, type Hostility } from '../events/hostility.ts';
import { refusedSetting } from '../faults/refused-setting.ts';
import {
  type Control,
  type ControlAnswer,
  type ControlQuestion,
  refusedControl,
  type Simulator,
} from './control.ts';

const PATH = '/__control/events';
const CALLBACK = `${PATH}/callback`;
const HOSTILITY = `${PATH}/hostility`;
const kinds = Object.entries(EVENT_FORMS).map(([type, { takes }]) => `${type}: ${takes}`);

export const EVENT_CONTROLS: readonly Control[] = [
  {
    method: 'POST',
    path: PATH,
    body: `{"type", "deviceId"?, "roomId"?, "eventId"?, "eventType"?, "at"?: ms or ISO, "transport"?: "callback" | "stream" | "both", "withoutEffects"?: true, "business"?: {field: value}, ...fields}; ${kinds.join('; ')}`,
    meaning: 'sends an event, changes the simulated world accordingly, and returns the event',
    run: ({ body }, { dingtalk }) => {
      const result = sendEvent(body, dingtalk);
      return 'refusal' in result ? refusedControl(result.refusal) : { body: result.line };
    },
  },
  {
    method: 'GET',
    path: PATH,
    meaning: 'both transports, connections, and the deliveries of every event',
    run: (_question, { dingtalk: { events } }) => ({ body: events.state() }),
  },
  {
    method: 'DELETE',
    path: PATH,
    meaning: 'forgets all events and drops pending deliveries; connections and settings stay',
    run: (_question, { dingtalk: { events } }) => {
      events.forget();
      return { body: { events: [] } };
    },
  },
  {
    method: 'PUT',
    path: CALLBACK,
    body: '{"url", "speed"?: n, "spelling"?: "msg_signature" | "signature" | "both"}',
    meaning: 'the address that events are posted to, as if it had been saved in the console',
    run: putCallback,
  },
  {
    method: 'DELETE',
    path: CALLBACK,
    meaning: 'no address any more: events go down the stream',
    run: (_question, { dingtalk: { events } }) => {
      events.callback.settings.url = null;
      return { body: events.callback.state() };
    },
  },
  {
    method: 'POST',
    path: `${CALLBACK}/check`,
    meaning: 'the check_url handshake; answers when the address has, or after 2.5 s',
    run: async (_question, { dingtalk: { events } }) => {
      const answer = await events.callback.check();
      return { body: { accepted: answer === 'success', answer } };
    },
  },
  {
    method: 'PUT',
    path: HOSTILITY,
    body: `{"duplicates"?: n, "shuffle"?: n, "delayMs"?: n, "quota"?: n | null, "cutFrames"?: n, "forge"?: ${FORGERIES.map((forgery) => `"${forgery}"`).join(' | ')} | null}`,
    meaning: 'how the transports misbehave from now on',
    run: putHostility,
  },
];

function putCallback({ body }: ControlQuestion, { dingtalk: { events } }: Simulator): ControlAnswer {
  const { url, speed = 1, spelling = 'msg_signature' } = body;
  if (typeof url !== 'string' || !URL.canParse(url) || !/^https?:/.test(url)) {
    return refusedControl('url must be an address with http or https');
  }
  if (typeof speed !== 'number' || !(speed > 0)) return refusedControl('speed must be a number above 0');
  const known = SPELLINGS.find((one) => one === spelling);
  if (!known) return refusedControl(`spelling must be one of ${SPELLINGS.join(', ')}`);
  events.callback.settings = { url, speed, spelling: known };
  return { body: events.callback.state() };
}

function putHostility({ body }: ControlQuestion, { dingtalk: { events } }: Simulator): ControlAnswer {
  const refusal = refusedSetting(body, HOSTILITY_CHECKS);
  if (refusal) return refusedControl(refusal);
  events.setHostility(body as Partial<Hostility>);
  return { body: events.hostility };
}
