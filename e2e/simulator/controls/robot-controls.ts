import type { RobotSettings, Robots } from '../apis/robots.ts';
import { refusedSetting } from '../faults/refused-setting.ts';
import { type Control, type ControlAnswer, type ControlQuestion, refusedControl } from './control.ts';

export const ROBOT_CONTROLS: readonly Control[] = [
  {
    method: 'GET',
    path: '/__control/robots',
    meaning: 'messages that group robots accepted, in the order in which they came; since the last reset',
    run: (_question, { dingtalk: { robots } }) => ({ body: { messages: robots.messages } }),
  },
  {
    method: 'PUT',
    path: '/__control/robots/{token}',
    body: '{"secret"?, "keywords"?: [text], "addresses"?: [text], "stopped"?, "errcodeAs"?: "number" | "text"}',
    meaning: 'adds a robot or changes the settings of one',
    run: (question, { dingtalk: { robots } }) => putRobot(question, robots),
  },
  {
    method: 'DELETE',
    path: '/__control/robots',
    meaning: 'removes the messages, and ends the limits of robots that were sent too many',
    run: (_question, { dingtalk: { robots } }) => {
      robots.reset();
      return { body: { messages: robots.messages } };
    },
  },
];

const isTextList = (value: unknown) =>
  Array.isArray(value) && value.every((each) => typeof each === 'string');
const SETTINGS = {
  secret: (value: unknown) => value === null || typeof value === 'string',
  keywords: (value: unknown) => isTextList(value) && (value as string[]).length <= 10,
  addresses: isTextList,
  stopped: (value: unknown) => typeof value === 'boolean',
  errcodeAs: (value: unknown) => value === 'number' || value === 'text',
};

function putRobot({ params: { token = '' }, body }: ControlQuestion, robots: Robots): ControlAnswer {
  const refused = refusedSetting(body, SETTINGS);
  return refused === undefined
    ? { body: { robot: robots.set(token, body as Partial<RobotSettings>) } }
    : refusedControl(refused);
}
