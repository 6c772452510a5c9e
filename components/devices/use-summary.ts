'use client';

import { useTranslations } from 'use-intl';
import { useStatusText } from '#components/history/status-icon.tsx';
import { useEvidenceTexts } from '#components/issues/use-evidence-texts.ts';
import { checkAge, useCheckLine } from '#components/notes/use-check-line.ts';
import { ageNow, useAgo } from '#components/ui/age.tsx';
import { useMomentText } from '#components/ui/moment.tsx';
import type { ShownEvidence, ShownIssue } from '#lib/api/issues/issue-answers.ts';
import { isConcealed } from '#lib/domain/devices/conceal.ts';
import { ageAt } from '#lib/domain/devices/last-update.ts';
import { ALARM_FIELD, isIssueCode } from '#lib/domain/issues/issue.ts';
import { isCheckStep } from '#lib/domain/notes/check.ts';
import {
  CLEAN,
  type Summary,
  type SummaryForm,
  type SummaryIssue,
  writeSummary,
} from '#lib/domain/text/summary-form.ts';
import type { ReceivedAnswer } from '#lib/queries/devices/device.ts';

type Clean = (text: string) => string;

/**
 * What is known of a device, to be pasted where somebody asked, with what the reader may see and nothing else, since it
 * is made of what they were shown.
 */
export function useSummary(): (form: SummaryForm, answer: ReceivedAnswer, link: string) => string {
  const t = useTranslations('issues');
  const device = useTranslations('device');
  const state = useStatusText();
  const seen = useSeen();
  const facts = useFacts();
  const issue = useIssue();
  const checks = useChecks();
  return (form, answer, link) => {
    const clean = CLEAN[form];
    const { name, status, room } = answer.device;
    return writeSummary(form, {
      name: clean(name ?? '') || device('unnamed'),
      state: clean(state(status.state, status.raw, status.current)),
      room: room === null ? device('noRoom') : clean(room.name ?? '') || clean(room.id),
      seen: seen(answer),
      facts: facts(answer, clean),
      issues: answer.issues.filter(({ code }) => isIssueCode(code)).map((each) => issue(each, clean)),
      none: t('none'),
      checks: checks(answer, clean),
      link,
      linkText: t('summary.open'),
    });
  };
}

/** How old it is, by now and by the clock. */
function useSeen() {
  const t = useTranslations('issues.summary');
  const device = useTranslations('device');
  const source = useTranslations('source');
  const ago = useAgo();
  const moment = useMomentText();
  return (answer: ReceivedAnswer): string[] => {
    const age = ageNow(answer);
    const at = answer.overrides[0]?.at;
    const seen = {
      age: ago(age),
      moment: moment(answer.observedAt),
      source: source(answer.source),
    };
    if (at === undefined) return [t('seen', seen)];
    const sinceEvent = ageAt(at, { observedAt: answer.observedAt, ageMs: age });
    return [t('seen', seen), device('event', { age: ago(sinceEvent) })];
  };
}

function useFacts() {
  const t = useTranslations('issues.summary');
  const device = useTranslations('device');
  const state = useStatusText();
  return ({ device: shown }: ReceivedAnswer, clean: Clean): string[] => {
    const { controllers, deviceId, serial, network, firmware, software } = shown;
    const facts = [
      [device('deviceId'), deviceId],
      [device('fields.serial'), serial],
      [device('fields.ip'), network.ip],
      [device('fields.firmware'), firmware],
      [device('fields.software'), software],
    ] as const;
    return [
      ...controllers.map((each) =>
        t('state', {
          name: clean(each.name ?? device('controllerUnnamed')),
          state: clean(state(each.status.state, each.status.raw, each.status.current)),
        }),
      ),
      ...facts.flatMap(([label, value]) =>
        value === null || isConcealed(value) ? [] : [t('fact', { label, value: clean(value) })],
      ),
    ];
  };
}

function useChecks() {
  const t = useTranslations('checklist');
  const line = useCheckLine();
  return (answer: ReceivedAnswer, clean: Clean): Summary['checks'] => {
    const known = answer.checks.filter(({ step }) => isCheckStep(step));
    if (known.length === 0) return null;
    return {
      title: t('title'),
      said: known.map((each) => line(each, ageNow(checkAge(answer, each)), clean)),
    };
  };
}

function useIssue() {
  const t = useTranslations('issues');
  const { label, value, source } = useEvidenceTexts();
  const moment = useMomentText();
  const rests = (evidence: ShownEvidence, clean: Clean) => {
    const parts = { source: source(evidence), moment: moment(evidence.at) };
    const field = clean(label(evidence));
    if (evidence.field.startsWith(ALARM_FIELD)) return `${field} (${parts.source}, ${parts.moment})`;
    return t('summary.evidence', { field, value: clean(value(evidence)), ...parts });
  };
  return ({ code, severity, evidence }: ShownIssue, clean: Clean): SummaryIssue => ({
    title: t(`catalogue.${code}.title`),
    severity: t(`severity.${severity}`),
    evidence: evidence.map((each) => rests(each, clean)),
    next: t('summary.next', { step: t(`catalogue.${code}.desk`) }),
    unknown: t('summary.unknown', { what: t(`catalogue.${code}.cannot`) }),
  });
}
