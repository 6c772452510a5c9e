import type { createTranslator } from 'use-intl/core';
import type { DoctorFact, DoctorProof, DoctorStep } from '#lib/domain/diagnostics/doctor.ts';
import { type SystemIssueCode, systemSeverityOf } from '#lib/domain/diagnostics/system-issue.ts';
import type { Messages } from './messages.ts';

/** Returns a text of the whole catalogue by its full key, such as `doctor.title`. */
export type Translate = ReturnType<typeof createTranslator<Messages>>;

/** What a step found, what it rests on and what can be done, each as one text. */
export type StepTexts = {
  title: string;
  state: string;
  /** The trouble's name with how bad it is; null where there is none. */
  trouble: string | null;
  facts: string[];
  proof: string[];
  cure: { label: string; text: string }[];
};

/** A step of the doctor's in words, the same on the screen, at the terminal and where somebody pastes it. */
export function stepTexts(step: DoctorStep, t: Translate): StepTexts {
  return {
    title: t(`doctor.steps.${step.step}`),
    state: t(`doctor.states.${step.state}`),
    trouble: step.trouble && troubleTitle(step.trouble, t),
    facts: [
      ...(step.blockedBy === null
        ? []
        : [t('doctor.blocked', { step: t(`doctor.steps.${step.blockedBy}`) })]),
      ...step.facts.map((fact) => factText(fact, t)),
    ],
    proof: step.proof.map((each) => proofText(each, t)),
    cure: step.trouble === null ? [] : cureOf(step.trouble, t),
  };
}

const troubleTitle = (code: SystemIssueCode, t: Translate) =>
  `${t(`systemIssues.catalogue.${code}.title`)} (${t(`systemIssues.severity.${systemSeverityOf(code)}`)})`;

const factText = ({ name, values }: DoctorFact, t: Translate) => t(`doctor.facts.${name}`, values);

function proofText({ asked, at, ms, said, message }: DoctorProof, t: Translate): string {
  const { status, code, requestId } = said;
  return [
    status === null
      ? t('doctor.unanswered', { asked })
      : t('doctor.said', { asked, status: String(status), code: code ?? '' }).trim(),
    ...(message === null ? [] : [t('doctor.message', { message })]),
    ...(requestId === null ? [] : [t('doctor.requestId', { id: requestId })]),
    t('doctor.took', { at, ms }),
  ].join(' · ');
}

const cureOf = (code: SystemIssueCode, t: Translate) =>
  (
    [
      ['causes', 'cause'],
      ['next', 'cure'],
      ['screen', 'screen'],
      ['cannot', 'cannot'],
    ] as const
  ).map(([part, label]) => ({
    label: t(`doctor.${label}`),
    text: t(`systemIssues.catalogue.${code}.${part}`),
  }));

const SIGNS: Record<DoctorStep['state'], string> = {
  ok: 'ok',
  failed: 'NO',
  unknown: '??',
  'not-asked': '--',
};

/** A step as lines of plain text. */
export function stepText(step: DoctorStep, t: Translate): string {
  const { title, trouble, facts, proof, cure } = stepTexts(step, t);
  const first = trouble ?? facts.shift() ?? '';
  return [
    `${SIGNS[step.state]}  ${title}: ${first}`,
    ...facts,
    ...proof.map((each) => `${t('doctor.proof')}: ${each}`),
    ...cure.map(({ label, text }) => `${label}: ${text.split('\n').join(' / ')}`),
  ].join('\n    ');
}
