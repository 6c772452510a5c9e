import type { Control } from './control.ts';

export const ROBOT_CONTROLS: readonly Control[] = [
  {
    method: 'GET',
    path: '/__control/robots',
    meaning: 'what came to groups by their robots, in the order in which it came; since the last reset',
    run: (_question, { dingtalk: { robots } }) => ({ body: { messages: robots.messages } }),
  },
  {
    method: 'DELETE',
    path: '/__control/robots',
    meaning: 'forgets what came to groups, and lets robots hear again that were told too much',
    run: (_question, { dingtalk: { robots } }) => {
      robots.reset();
      return { body: { messages: robots.messages } };
    },
  },
];
