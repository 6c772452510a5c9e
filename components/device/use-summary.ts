'use client';

import { useTranslations } from 'use-intl';
import { useMomentText } from '#components/ui/moment.tsx';
import { isConcealed } from '#lib/domain/conceal.ts';
import { ALARM_FIELD, isFindingCode, type ShownEvidence, type ShownFinding } from '#lib/domain/finding.ts';
import { asMarkdown } from '#lib/domain/markdown.ts';
import type { ReceivedAnswer } from '#lib/queries/device.ts';
import { useStateWord } from './state-icon.tsx';
import { useEvidenceWords } from './use-evidence-words.ts';

/**
 * What is known of a device, to be pasted where somebody asked: Markdown, with what the reader may see and nothing else,
 * since it is made of what they were shown.
 */
export function useSummary(): (answer: ReceivedAnswer, link: string) => string {
  const say = useTranslations('findings.summary');
  const device = useTranslations('device');
  const source = useTranslations('source');
  const moment = useMomentText();
  const state = useStateWord();
  const lines = useFindingLines();
  return (answer, link) => {
    const { name, status, room, controllers, deviceId, serial, network, firmware, software } = answer.device;
    const facts = [
      [device('deviceId'), deviceId],
      [device('fields.serial'), serial],
      [device('fields.ip'), network.ip],
      [device('fields.firmware'), firmware],
      [device('fields.software'), software],
    ] as const;
    return [
      `**${asMarkdown(name ?? device('unnamed'))}**: ${asMarkdown(state(status.state, status.raw))}`,
      room === null ? device('noRoom') : asMarkdown(room.name ?? room.id),
      say('seen', { moment: moment(answer.observedAt), source: source(answer.source) }),
      ...controllers.map((each) =>
        say('state', {
          name: asMarkdown(each.name ?? device('controllerUnnamed')),
          state: asMarkdown(state(each.status.state, each.status.raw)),
        }),
      ),
      ...facts.flatMap(([label, value]) =>
        value === null || isConcealed(value) ? [] : [say('fact', { label, value: asMarkdown(value) })],
      ),
      '',
      ...lines(answer.findings),
      '',
      link,
    ].join('\n');
  };
}

function useFindingLines() {
  const say = useTranslations('findings');
  const { label, value, source } = useEvidenceWords();
  const moment = useMomentText();
  const rests = (evidence: ShownEvidence) => {
    const parts = { source: source(evidence), moment: moment(evidence.at) };
    const field = asMarkdown(label(evidence));
    if (evidence.field.startsWith(ALARM_FIELD)) return `  - ${field} (${parts.source}, ${parts.moment})`;
    return `  - ${say('summary.evidence', { field, value: asMarkdown(value(evidence)), ...parts })}`;
  };
  return (findings: ShownFinding[]) => {
    const known = findings.filter(({ code }) => isFindingCode(code));
    if (known.length === 0) return [say('none')];
    return known.flatMap(({ code, severity, evidence }) => [
      `- **${say(`catalogue.${code}.title`)}** (${say(`severity.${severity}`)})`,
      ...evidence.map(rests),
      `  - ${say('summary.next', { step: say(`catalogue.${code}.desk`) })}`,
      `  - ${say('summary.unknown', { what: say(`catalogue.${code}.cannot`) })}`,
    ]);
  };
}
