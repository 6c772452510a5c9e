import { type Answer, jsonAnswer } from './answer.ts';
import type { Api } from './api.ts';
import type { DingTalk } from './dingtalk.ts';
import { looseBody, type Question, text } from './question.ts';

/** [L] What a group's robot answers: 200 always, the truth is in `errcode`. */
export const ROBOT_APIS: readonly Api[] = [
  { method: 'POST', path: '/robot/send', family: 'old', token: 'none', metered: false, answer: sendByRobot },
];

const said = (errcode: number, errmsg: string): Answer => jsonAnswer(200, { errcode, errmsg });

function sendByRobot(question: Question, { robots }: DingTalk): Answer {
  const { query } = question;
  const token = text(query.get('access_token'));
  if (!robots.isKnown(token)) return said(300005, 'token is not exist');
  if (!robots.isSigned(token, text(query.get('timestamp')), text(query.get('sign')))) {
    return said(310000, 'sign not match, more: [https://ding-doc.dingtalk.com/doc#/serverapi2/qf2nxq]');
  }
  const body = looseBody(question);
  const markdown = (body.markdown ?? {}) as Record<string, unknown>;
  if (body.msgtype !== 'markdown') return said(400105, 'unsupported msgtype');
  const [title, content] = [text(markdown.title), text(markdown.text)];
  if (!title || !content) return said(40035, '缺少参数 markdown');
  if (robots.isTooMany(token)) return said(130101, 'send too fast, exceed 20 times per minute');
  robots.add(token, title, content);
  return said(0, 'ok');
}
