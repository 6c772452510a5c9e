import type { DoctorFact, DoctorProof, DoctorStep } from '#lib/domain/diagnostics/doctor.ts';
import { type SystemIssueCode, systemSeverityOf } from '#lib/domain/diagnostics/system-issue.ts';

/** Says a text of the catalogue by its whole key, such as `doctor.title`. */
export type SayByKey = (key: string, values?: Record<string, string | number>) => string;

/** What a step found, what it rests on and what can be done, each as one text. */
export type StepWords = {
  title: string;
  state: string;
  /** The trouble's name with how bad it is; null where there is none. */
  trouble: string | null;
  facts: string[];
  proof: string[];
  cure: { label: string; text: string }[];
};

/** A step of the doctor's in words, the same on the screen, at the terminal and where somebody pastes it. */
export function stepWords(step: DoctorStep, say: SayByKey): StepWords {
  return {
    title: say(`doctor.steps.${step.step}`),
    state: say(`doctor.states.${step.state}`),
    trouble: step.trouble && troubleTitle(step.trouble, say),
    facts: [
      ...(step.blockedBy === null
        ? []
        : [say('doctor.blocked', { step: say(`doctor.steps.${step.blockedBy}`) })]),
      ...step.facts.map((fact) => factText(fact, say)),
    ],
    proof: step.proof.map((each) => proofText(each, say)),
    cure: step.trouble === null ? [] : cureOf(step.trouble, say),
  };
}

const troubleTitle = (code: SystemIssueCode, say: SayByKey) =>
  `${say(`deskTroubles.catalogue.${code}.title`)} (${say(`deskTroubles.severity.${systemSeverityOf(code)}`)})`;

const factText = ({ name, values }: DoctorFact, say: SayByKey) => say(`doctor.facts.${name}`, values);

function proofText({ asked, at, ms, said, message }: DoctorProof, say: SayByKey): string {
  const { status, code, requestId } = said;
  return [
    status === null
      ? say('doctor.unanswered', { asked })
      : say('doctor.said', { asked, status: String(status), code: code ?? '' }).trim(),
    ...(message === null ? [] : [say('doctor.message', { message })]),
    ...(requestId === null ? [] : [say('doctor.requestId', { id: requestId })]),
    say('doctor.took', { at, ms }),
  ].join(' · ');
}

const cureOf = (code: SystemIssueCode, say: SayByKey) =>
  (
    [
      ['causes', 'cause'],
      ['next', 'cure'],
      ['screen', 'screen'],
      ['cannot', 'cannot'],
    ] as const
  ).map(([part, label]) => ({
    label: say(`doctor.${label}`),
    text: say(`deskTroubles.catalogue.${code}.${part}`),
  }));

const SIGNS: Record<DoctorStep['state'], string> = {
  ok: 'ok',
  failed: 'NO',
  unknown: '??',
  'not-asked': '--',
};

/** A step as lines of plain text. */
export function stepText(step: DoctorStep, say: SayByKey): string {
  const { title, trouble, facts, proof, cure } = stepWords(step, say);
  const first = trouble ?? facts.shift() ?? '';
  return [
    `${SIGNS[step.state]}  ${title}: ${first}`,
    ...facts,
    ...proof.map((each) => `${say('doctor.proof')}: ${each}`),
    ...cure.map(({ label, text }) => `${label}: ${text.split('\n').join(' / ')}`),
  ].join('\n    ');
}
