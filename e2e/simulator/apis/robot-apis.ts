import { type Answer, jsonAnswer } from '../answer.ts';
import type { DingTalk } from '../dingtalk.ts';
import type { Api } from './api.ts';
import { jsonBody, type Question, text } from './question.ts';
import { readRobotMessage } from './robot-message.ts';

/**
 * The response of a group robot: always status 200, with the result in `errcode`. Codes:
 * DOC:custom-robots-send-group-messages.
 */
export const ROBOT_APIS: readonly Api[] = [
  { method: 'POST', path: '/robot/send', family: 'old', token: 'none', metered: false, answer: sendByRobot },
];

const LARGEST_BODY = 20_000;

type Result = { errcode: number; errmsg: string };

function sendByRobot(question: Question, { robots }: DingTalk): Answer {
  const token = text(question.query.get('access_token'));
  const robot = robots.robot(token);
  const { errcode, errmsg } = resultOf();
  return jsonAnswer(200, { errcode: robot?.errcodeAs === 'text' ? String(errcode) : errcode, errmsg });

  function resultOf(): Result {
    if (!robot) return { errcode: 400_101, errmsg: 'token is not exist' };
    if (robot.stopped) return { errcode: 400_102, errmsg: '机器人已停用' };
    const { headers, query, peer } = question;
    if (!headers['content-type']?.includes('json'))
      return { errcode: 43_004, errmsg: 'POST请求需要application/json' };
    if (question.body.length > LARGEST_BODY) return { errcode: 460_101, errmsg: 'message is too long' };
    const body = jsonBody(question);
    if (!body) return { errcode: 40_035, errmsg: '缺少参数 json' };
    const message = readRobotMessage(body);
    if ('errcode' in message) return message;
    const refused = robots.refusal(robot, {
      timestamp: text(query.get('timestamp')),
      sign: text(query.get('sign')),
      content: `${message.title}\n${message.text}`,
      peer,
    });
    if (refused !== undefined) {
      const more = 'more: [https://ding-doc.dingtalk.com/doc#/serverapi2/qf2nxq]';
      return { errcode: 310_000, errmsg: `${refused}, ${more}` };
    }
    if (robots.isTooMany(token)) return { errcode: 410_100, errmsg: '发送速度太快而限流' };
    robots.add({ ...message, token, msgUuid: text(body.msgUuid) || null, body });
    return { errcode: 0, errmsg: 'ok' };
  }
}
