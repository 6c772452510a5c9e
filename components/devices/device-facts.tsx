'use client';

import { useTranslations } from 'use-intl';
import { Fact, FactList, Section } from '#components/ui/fact-list.tsx';
import { Moment } from '#components/ui/moment.tsx';
import { isConcealed, type ShownDevice } from '#lib/domain/devices/conceal.ts';
import { type Revealing, SecretFact } from './secret-value.tsx';
import { NoValue, ValueFact } from './shown-value.tsx';

type Props = { device: ShownDevice };

export function IdentityFacts({ device }: Props) {
  const say = useTranslations('device');
  const kind = useTranslations('kind');
  return (
    <Section title={say('sections.identity')}>
      <FactList>
        <Fact label={say('fields.kind')}>{kind(device.kind)}</Fact>
        <ValueFact label={say('fields.model')} value={device.model} />
        <ValueFact label={say('fields.serial')} value={device.serial} mono />
        <ValueFact label={say('fields.mac')} value={device.mac} mono />
        <ValueFact label={say('fields.roomId')} value={device.room?.id ?? null} mono />
        <ValueFact label={say('fields.corpId')} value={device.corpId} mono />
        <ValueFact label={say('fields.serviceId')} value={device.serviceId} mono />
        <ValueFact label={say('fields.createdBy')} value={device.createdBy} mono />
      </FactList>
    </Section>
  );
}

export function NetworkFacts({ device }: Props) {
  const say = useTranslations('device');
  const { network } = device;
  return (
    <Section title={say('sections.network')}>
      <FactList>
        <Fact label={say('fields.networkType')}>
          {network.type === null ? <NoValue concealed={false} /> : say(`network.${network.type}`)}
        </Fact>
        {network.type === 'wifi' && <ValueFact label={say('fields.ssid')} value={network.ssid} />}
        <ValueFact label={say('fields.ip')} value={network.ip} mono />
        <ValueFact label={say('fields.wiredMac')} value={network.wiredMac} mono />
        <ValueFact label={say('fields.wifiMac')} value={network.wifiMac} mono />
      </FactList>
    </Section>
  );
}

export function HardwareFacts({ device }: Props) {
  const say = useTranslations('device');
  const { peripherals, status } = device;
  const note = status.state === 'offline' && (
    <p className="mb-2 text-quiet text-small">{say('lastReported')}</p>
  );
  return (
    <Section title={say('sections.hardware')} note={note}>
      <FactList>
        <ValueFact label={say('fields.camera')} value={peripherals.camera} />
        <ValueFact label={say('fields.microphone')} value={peripherals.microphone} />
        <ValueFact label={say('fields.speaker')} value={peripherals.speaker} />
        <ReportedFact label={say('fields.hdmi')} value={peripherals.hdmi} />
      </FactList>
    </Section>
  );
}

export function SoftwareFacts({ device }: Props) {
  const say = useTranslations('device');
  return (
    <Section title={say('sections.software')}>
      <FactList>
        <ValueFact label={say('fields.firmware')} value={device.firmware} mono />
        <ValueFact label={say('fields.software')} value={device.software} mono />
        <Fact label={say('fields.activated')}>
          {device.activatedAt === null ? <NoValue concealed={false} /> : <Moment iso={device.activatedAt} />}
        </Fact>
      </FactList>
    </Section>
  );
}

export function SharingFacts({ device, revealing }: Props & { revealing: Revealing }) {
  const say = useTranslations('device');
  return (
    <Section title={say('sections.sharing')}>
      <FactList>
        <SecretFact label={say('fields.castCode')} field="castCode" revealing={revealing} />
        <SecretFact label={say('fields.sipAccount')} field="sipAccount" revealing={revealing} />
        <ReportedFact label={say('fields.mirror')} value={device.peripherals.mirror} />
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
  const say = useTranslations('device');
  const named = Object.entries(fields);
  if (named.length === 0) return null;
  return (
    <Section title={say('sections.unknown')}>
      <FactList>
        {named.map(([name, value]) => (
          <ValueFact key={name} label={name} value={wordOf(value)} mono />
        ))}
      </FactList>
    </Section>
  );
}

const wordOf = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

/** DingTalk sends the strings "true" and "false" here and does not say what they mean: shown as reported. */
function ReportedFact({ label, value }: { label: string; value: string | null }) {
  const say = useTranslations('device');
  if (value === 'true' || value === 'false') return <Fact label={label}>{say(`reported.${value}`)}</Fact>;
  return <ValueFact label={label} value={value} />;
}
