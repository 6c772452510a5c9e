import { asCardText } from './card-text.ts';
import { asMarkdown } from './markdown.ts';
import { asPlainLine } from './plain-line.ts';

/** What a summary is pasted into: something that shows Markdown, anything at all, or a card of a DingTalk robot. */
export const SUMMARY_FORMS = ['markdown', 'plain', 'dingtalk'] as const;

export type SummaryForm = (typeof SUMMARY_FORMS)[number];

export const isSummaryForm = (text: unknown): text is SummaryForm =>
  (SUMMARY_FORMS as readonly unknown[]).includes(text);

/** What a device says of itself, so that the form shows it as it is. */
export const CLEAN: Record<SummaryForm, (text: string) => string> = {
  markdown: asMarkdown,
  plain: asPlainLine,
  dingtalk: asCardText,
};

/** An issue in words. */
export type SummaryIssue = {
  title: string;
  severity: string;
  evidence: string[];
  next: string;
  unknown: string;
};

/** What is known of a device, in words that are clean for the form they are written in. */
export type Summary = {
  name: string;
  state: string;
  room: string;
  /** How old it is. */
  seen: string[];
  facts: string[];
  issues: SummaryIssue[];
  /** Said where nothing was found. */
  none: string;
  /** What somebody in the room said; nothing when nobody did. */
  checks: { title: string; said: string[] } | null;
  /** An own address, which is clean in each form. */
  link: string;
  linkText: string;
};

/** The summary whole. */
export const writeSummary = (form: SummaryForm, summary: Summary): string => WRITERS[form](summary);

const WRITERS: Record<SummaryForm, (summary: Summary) => string> = {
  markdown: ({ name, state, room, seen, facts, issues, none, checks, link }) =>
    lines(
      [`**${name}**: ${state}`, room, ...seen, ...facts],
      issues.length === 0 ? [none] : issues.flatMap(markdownIssue),
      checks && [checks.title, ...checks.said.map((each) => `- ${each}`)],
      [link],
    ),
  plain: ({ name, state, room, seen, facts, issues, none, checks, link }) =>
    lines(
      [`${name}: ${state}`, room, ...seen, ...facts],
      issues.length === 0 ? [none] : issues.flatMap(plainIssue),
      checks && [checks.title, ...checks.said.map((each) => `  ${each}`)],
      [link],
    ),
  dingtalk: ({ name, state, room, seen, facts, issues, none, checks, link, linkText }) =>
    [
      `### ${name}`,
      `**${state}** · ${room}`,
      ...seen,
      list(facts),
      ...(issues.length === 0 ? [none] : issues.flatMap(cardIssue)),
      ...(checks ? [`**${checks.title}**`, list(checks.said)] : []),
      `[${linkText}](${link})`,
    ]
      .filter((part) => part !== '')
      // A card takes a single line end for a blank.
      .join('\n\n'),
};

const lines = (...parts: (string[] | null)[]) =>
  parts
    .filter((part) => part !== null)
    .map((part) => part.join('\n'))
    .join('\n\n');

const list = (items: string[]) => items.map((item) => `- ${item}`).join('\n');

const markdownIssue = ({ title, severity, evidence, next, unknown }: SummaryIssue) => [
  `- **${title}** (${severity})`,
  ...[...evidence, next, unknown].map((each) => `  - ${each}`),
];

const plainIssue = ({ title, severity, evidence, next, unknown }: SummaryIssue) => [
  `${title} (${severity})`,
  ...[...evidence, next, unknown].map((each) => `  ${each}`),
];

const cardIssue = ({ title, severity, evidence, next, unknown }: SummaryIssue) => [
  `#### ${title} (${severity})`,
  ...evidence.map((each) => `> ${each}`),
  next,
  unknown,
];
