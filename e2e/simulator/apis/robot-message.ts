import { text } from './question.ts';

/** A message as a phone shows it, or the error of the robot. */
type Read = { msgtype: string; title: string; text: string } | { errcode: number; errmsg: string };

type Fields = Record<string, unknown>;

/** The required members of each type, and what is shown of it (DOC:robot-message-type). */
const TYPES: Record<string, (fields: Fields) => { needed: string[]; title: string; text: string }> = {
  text: (fields) => ({ needed: ['content'], title: text(fields.content), text: text(fields.content) }),
  markdown: (fields) => ({ needed: ['title', 'text'], title: text(fields.title), text: text(fields.text) }),
  link: (fields) => ({
    needed: ['title', 'text', 'messageUrl'],
    title: text(fields.title),
    text: text(fields.text),
  }),
  actionCard: (fields) => ({
    needed: ['title', 'text', ...(isList(fields.btns) ? [] : ['singleTitle', 'singleURL'])],
    title: text(fields.title),
    text: [text(fields.text), ...listed(fields.btns).map(({ title }) => text(title))].join('\n'),
  }),
  feedCard: (fields) => {
    const titles = listed(fields.links).map(({ title }) => text(title));
    return { needed: ['links'], title: titles[0] ?? '', text: titles.join('\n') };
  },
};

/** The required members of every list entry. */
const ENTRIES: Record<string, string[]> = {
  btns: ['title', 'actionURL'],
  links: ['title', 'messageURL', 'picURL'],
};

/**
 * Reads a robot message. [L] DingTalk names 400105 for an unknown type; for a missing field 40035 stands, which is its
 * code for a body that it cannot use.
 */
export function readRobotMessage(body: Fields): Read {
  const msgtype = text(body.msgtype);
  const read = Object.hasOwn(TYPES, msgtype) ? TYPES[msgtype] : undefined;
  if (!read) return { errcode: 400_105, errmsg: 'unsupported msgtype' };
  const fields = asFields(body[msgtype]);
  const { needed, title, text: shown } = read(fields);
  const missing =
    needed.find((name) => (name === 'links' ? !isList(fields[name]) : text(fields[name]) === '')) ??
    Object.entries(ENTRIES).find(([list, names]) =>
      listed(fields[list]).some((entry) => names.some((name) => text(entry[name]) === '')),
    )?.[0];
  if (missing !== undefined) return { errcode: 40_035, errmsg: `缺少参数 ${msgtype}.${missing}` };
  return { msgtype, title, text: shown };
}

const asFields = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
const isList = (value: unknown): value is unknown[] => Array.isArray(value) && value.length > 0;
const listed = (value: unknown): Fields[] => (isList(value) ? value.map(asFields) : []);
