'use client';

import { useTranslations } from 'use-intl';
import { Fact, FactList, Section } from '#components/ui/fact-list.tsx';
import { Moment } from '#components/ui/moment.tsx';
import { isConcealed, type ShownDevice } from '#lib/domain/devices/conceal.ts';
import { type Revealing, SecretFact } from './secret-value.tsx';
import { NoValue, ValueFact } from './shown-value.tsx';

type Props = { device: ShownDevice };

export function IdentityFacts({ device }: Props) {
  const t = useTranslations('device');
  const kind = useTranslations('kind');
  return (
    <Section title={t('sections.identity')}>
      <FactList>
        <Fact label={t('fields.kind')}>{kind(device.kind)}</Fact>
        <ValueFact label={t('fields.model')} value={device.model} />
        <ValueFact label={t('fields.serial')} value={device.serial} mono />
        <ValueFact label={t('fields.mac')} value={device.mac} mono />
        <ValueFact label={t('fields.roomId')} value={device.room?.id ?? null} mono />
        <ValueFact label={t('fields.corpId')} value={device.corpId} mono />
        <ValueFact label={t('fields.serviceId')} value={device.serviceId} mono />
        <ValueFact label={t('fields.createdBy')} value={device.createdBy} mono />
      </FactList>
    </Section>
  );
}

export function NetworkFacts({ device }: Props) {
  const t = useTranslations('device');
  const { network } = device;
  return (
    <Section title={t('sections.network')}>
      <FactList>
        <Fact label={t('fields.networkType')}>
          {network.type === null ? <NoValue concealed={false} /> : t(`network.${network.type}`)}
        </Fact>
        {network.type === 'wifi' && <ValueFact label={t('fields.ssid')} value={network.ssid} />}
        <ValueFact label={t('fields.ip')} value={network.ip} mono />
        <ValueFact label={t('fields.wiredMac')} value={network.wiredMac} mono />
        <ValueFact label={t('fields.wifiMac')} value={network.wifiMac} mono />
      </FactList>
    </Section>
  );
}

export function HardwareFacts({ device }: Props) {
  const t = useTranslations('device');
  const { peripherals, status } = device;
  const note = status.state === 'offline' && (
    <p className="mb-2 text-quiet text-small">{t('lastReported')}</p>
  );
  return (
    <Section title={t('sections.hardware')} note={note}>
      <FactList>
        <ValueFact label={t('fields.camera')} value={peripherals.camera} />
        <ValueFact label={t('fields.microphone')} value={peripherals.microphone} />
        <ValueFact label={t('fields.speaker')} value={peripherals.speaker} />
        <ReportedFact label={t('fields.hdmi')} value={peripherals.hdmi} />
      </FactList>
    </Section>
  );
}

export function SoftwareFacts({ device }: Props) {
  const t = useTranslations('device');
  return (
    <Section title={t('sections.software')}>
      <FactList>
        <ValueFact label={t('fields.firmware')} value={device.firmware} mono />
        <ValueFact label={t('fields.software')} value={device.software} mono />
        <Fact label={t('fields.activated')}>
          {device.activatedAt === null ? <NoValue concealed={false} /> : <Moment iso={device.activatedAt} />}
        </Fact>
      </FactList>
    </Section>
  );
}

export function SharingFacts({ device, revealing }: Props & { revealing: Revealing }) {
  const t = useTranslations('device');
  return (
    <Section title={t('sections.sharing')}>
      <FactList>
        <SecretFact label={t('fields.castCode')} field="castCode" revealing={revealing} />
        <SecretFact label={t('fields.sipAccount')} field="sipAccount" revealing={revealing} />
        <ReportedFact label={t('fields.mirror')} value={device.peripherals.mirror} />
      </FactList>
    </Section>
  );
}

/** Values of a device that are new to the desk. Absent when there are none. */
export function UnknownFacts({ device }: Props) {
  return isConcealed(device.unknownFields) ? null : <UnknownFields fields={device.unknownFields} />;
}

/** Values that are new to the desk, kept in DingTalk's own words. Absent when there are none. */
export function UnknownFields({ fields }: { fields: Record<string, unknown> }) {
  const t = useTranslations('device');
  const named = Object.entries(fields);
  if (named.length === 0) return null;
  return (
    <Section title={t('sections.unknown')}>
      <FactList>
        {named.map(([name, value]) => (
          <ValueFact key={name} label={name} value={textOf(value)} mono />
        ))}
      </FactList>
    </Section>
  );
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

/** DingTalk sends the strings "true" and "false" here and does not say what they mean: shown as reported. */
function ReportedFact({ label, value }: { label: string; value: string | null }) {
  const t = useTranslations('device');
  if (value === 'true' || value === 'false') return <Fact label={label}>{t(`reported.${value}`)}</Fact>;
  return <ValueFact label={label} value={value} />;
}
