'use client';

import { Printer, QrCode as QrIcon } from 'lucide-react';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { buttonClass } from '#components/ui/button.tsx';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { DropPanel } from '#components/ui/drop-panel.tsx';
import { labelsPath } from '#lib/domain/inventory/label.ts';

const SIZE = 'mx-auto block aspect-square w-48';

// Nobody who only reads a device needs to be able to draw a code.
const QrCode = dynamic(() => import('#components/ui/qr-code.tsx').then(({ QrCode }) => QrCode), {
  ssr: false,
  loading: () => <span className={`${SIZE} bg-sunken`} />,
});

type Props = { link: string; deviceId: string; name: string; bare?: boolean };

/** The device's own link as a code to scan, as text to copy, and the way to a label of it. */
export function QrPanel({ link, deviceId, name, bare = false }: Props) {
  const t = useTranslations('labels');
  return (
    <DropPanel label={t('qr')} Icon={QrIcon} bare={bare}>
      <QrCode text={link} title={t('qrOf', { name })} className={SIZE} />
      <p className="mt-2 flex items-center gap-1">
        <span className="min-w-0 flex-1 break-all font-mono text-small">{link}</span>
        <CopyButton text={link} what={t('link')} />
      </p>
      <p className="mt-2 text-quiet text-small">{t('qrWhy')}</p>
      <Link
        href={labelsPath({ devices: [deviceId] })}
        prefetch={false}
        className={`mt-3 w-full ${buttonClass()}`}
      >
        <Printer aria-hidden className="size-4" />
        {t('printOne')}
      </Link>
    </DropPanel>
  );
}
