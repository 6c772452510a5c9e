import { DAY_STANDARD } from '../day.ts';
import { refusedSetting } from '../faults/refused-setting.ts';
import {
  type Control,
  type ControlAnswer,
  type ControlQuestion,
  refusedControl,
  type Simulator,
} from './control.ts';

const PATH = '/__control/day';
const above = (value: unknown) => typeof value === 'number' && value > 0;
const CHECKS = {
  speed: above,
  devices: (value: unknown) => Number.isSafeInteger(value) && above(value),
  minutes: above,
  seed: Number.isSafeInteger,
  again: (value: unknown) => typeof value === 'boolean',
};

export const DAY_CONTROLS: readonly Control[] = [
  {
    method: 'POST',
    path: PATH,
    body: '{"speed": n, "devices"?: n, "minutes"?: n, "seed"?: n, "again"?: boolean}',
    meaning: 'begins a working day: meetings, devices that go offline and come back, a firmware, a rebinding',
    run: startDay,
  },
  { method: 'GET', path: PATH, meaning: 'how far the day is; null without one', run: dayState },
  {
    method: 'DELETE',
    path: PATH,
    meaning: 'ends the day where it is',
    run: (question, simulator) => {
      simulator.dingtalk.day.stop();
      return dayState(question, simulator);
    },
  },
];

function dayState(_question: ControlQuestion, { dingtalk: { day } }: Simulator): ControlAnswer {
  return { body: { day: day.state() } };
}

function startDay(question: ControlQuestion, simulator: Simulator): ControlAnswer {
  const { body } = question;
  const refusal = refusedSetting({ speed: undefined, ...body }, CHECKS);
  if (refusal) return refusedControl(refusal);
  const { day } = simulator.dingtalk;
  day.start({ ...DAY_STANDARD, ...(body as { speed: number }) });
  return dayState(question, simulator);
}
