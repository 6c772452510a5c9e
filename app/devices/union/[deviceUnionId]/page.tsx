import type { Metadata } from 'next';
import { DevicePage, refOf } from '#app/devices/device-page.tsx';
import type { SentParams } from '#app/search-params.ts';
import { requestTranslations } from '#lib/i18n/request-texts.ts';

type Props = { params: Promise<{ deviceUnionId: string }>; searchParams: SentParams };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [{ deviceUnionId }, t] = await Promise.all([params, requestTranslations()]);
  return { title: t('device.documentTitle', { id: refOf('unionId', deviceUnionId)?.id ?? '' }) };
}

export default async function Page({ params, searchParams }: Props) {
  return <DevicePage by="unionId" segment={(await params).deviceUnionId} searchParams={searchParams} />;
}
