import type { Metadata } from 'next';
import { DevicePage, refOf } from '#app/devices/device-page.tsx';
import type { SentParams } from '#app/search-params.ts';
import { requestTranslations } from '#lib/i18n/request-texts.ts';

type Props = { params: Promise<{ deviceId: string }>; searchParams: SentParams };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [{ deviceId }, t] = await Promise.all([params, requestTranslations()]);
  return { title: t('device.documentTitle', { id: refOf('deviceId', deviceId)?.id ?? '' }) };
}

export default async function Page({ params, searchParams }: Props) {
  return <DevicePage by="deviceId" segment={(await params).deviceId} searchParams={searchParams} />;
}
