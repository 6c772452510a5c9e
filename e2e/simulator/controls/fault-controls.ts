import { numberArg } from '../faults/fault-kind.ts';
import { FAULT_KINDS, REFUSE } from '../faults/fault-kinds.ts';
import type { Fault } from '../faults/faults.ts';
import {
  type Control,
  type ControlAnswer,
  type ControlQuestion,
  refusedControl,
  type Simulator,
} from './control.ts';

const PATH = '/__control/faults';

export const FAULT_CONTROLS: readonly Control[] = [
  {
    method: 'PUT',
    path: PATH,
    body: '{"path": "/v1.0/rooms/devices" | "*", "fault": name, "times"?: n, "method"?, "match"?: text in the address, "counted"?: boolean, ...arguments}',
    meaning: 'orders a fault for a path; one that stands for the same path is replaced',
    run: putFault,
  },
  { method: 'GET', path: PATH, meaning: 'the faults that stand, and all kinds there are', run: listFaults },
  {
    method: 'DELETE',
    path: PATH,
    meaning: 'clears all faults, a refusal of connections and waits of calls too',
    run: (_question, { dingtalk, transport }) => {
      dingtalk.faults.clear();
      transport.comeBack();
      return { body: { faults: [] } };
    },
  },
];

function listFaults(_question: ControlQuestion, { dingtalk, transport }: Simulator): ControlAnswer {
  const kinds = Object.fromEntries(
    Object.entries(FAULT_KINDS).map(([name, { meaning, args = {}, counted }]) => [
      name,
      { meaning, args, counted },
    ]),
  );
  return { body: { faults: dingtalk.faults.list(), refusing: transport.refusing, kinds } };
}

function putFault({ body }: ControlQuestion, { dingtalk, transport }: Simulator): ControlAnswer {
  const { path, fault, times, method, match, counted, ...args } = body;
  const kind =
    typeof fault === 'string' && Object.hasOwn(FAULT_KINDS, fault) ? FAULT_KINDS[fault] : undefined;
  if (typeof fault !== 'string' || !kind) {
    return refusedControl(`fault must be one of ${Object.keys(FAULT_KINDS).join(', ')}`);
  }
  if (fault === REFUSE) {
    const seconds = numberArg(args.seconds, 5);
    transport.refuseFor(seconds * 1_000);
    return { body: { fault, seconds }, afterwards: () => transport.hangUp() };
  }
  if (typeof path !== 'string' || !(path === '*' || path.startsWith('/'))) {
    return refusedControl('path must be "*" or start with "/"');
  }
  const most = times ?? kind.times;
  if (most !== undefined && !(Number.isInteger(most) && Number(most) > 0)) {
    return refusedControl('times must be a whole number above 0');
  }
  const order: Fault = {
    fault,
    path,
    ...(typeof method === 'string' ? { method } : {}),
    ...(typeof match === 'string' ? { match } : {}),
    ...(most === undefined ? {} : { times: Number(most) }),
    ...(typeof counted === 'boolean' ? { counted } : {}),
    hits: 0,
    args,
  };
  dingtalk.faults.put(order);
  return { body: order };
}
