import type { Metadata } from 'next';
import { DevicePage, refOf } from '#app/devices/device-page.tsx';
import { requestWords } from '#lib/words/request-words.ts';

type Props = { params: Promise<{ deviceId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [{ deviceId }, say] = await Promise.all([params, requestWords()]);
  return { title: say('device.documentTitle', { id: refOf('deviceId', deviceId)?.id ?? '' }) };
}

export default async function Page({ params }: Props) {
  return <DevicePage by="deviceId" segment={(await params).deviceId} />;
}
