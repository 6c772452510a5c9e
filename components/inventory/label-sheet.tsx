import type { ReactNode } from 'react';
import { QrCode } from '#components/ui/qr-code.tsx';
import { devicePath } from '#lib/domain/devices/device-ref.ts';
import type { Label, LabelSize } from '#lib/domain/inventory/label.ts';

type Words = { unnamed: string; noRoom: string; qrOf: (name: string) => string };

type Props = {
  labels: Label[];
  size: LabelSize;
  /** The desk's own origin, which the codes lead to. */
  appUrl: string;
  words: Words;
  /** Which sheet it is; seen on the screen and not on paper. */
  caption: ReactNode;
};

/** One sheet of labels, each a code to scan with what a person in the room reads. */
export function LabelSheet({ labels, size, appUrl, words, caption }: Props) {
  return (
    <section className="mt-6">
      <h2 className="text-quiet text-small" data-screen-only>
        {caption}
      </h2>
      <ul className="label-sheet" data-size={size}>
        {labels.map((label) => (
          <OneLabel key={label.deviceId} label={label} appUrl={appUrl} words={words} />
        ))}
      </ul>
    </section>
  );
}

type LabelProps = Pick<Props, 'appUrl' | 'words'> & { label: Label };

function OneLabel({ label: { deviceId, name, room }, appUrl, words }: LabelProps) {
  const called = name ?? words.unnamed;
  return (
    <li className="label">
      <QrCode
        text={appUrl + devicePath({ by: 'deviceId', id: deviceId })}
        title={words.qrOf(called)}
        className="label-code"
      />
      <div className="label-words">
        <p className="label-room">{room ?? words.noRoom}</p>
        <p className="label-name">{called}</p>
        <p className="label-id">{deviceId}</p>
      </div>
    </li>
  );
}
