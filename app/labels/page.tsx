import type { Metadata } from 'next';
import Link from 'next/link';
import { pageCaller } from '#app/page-caller.ts';
import { PageFrame } from '#app/page-frame.tsx';
import { requireOperator } from '#app/require-operator.ts';
import { paramsOf, type SentParams } from '#app/search-params.ts';
import { LabelSheet } from '#components/inventory/label-sheet.tsx';
import { PrintButton } from '#components/inventory/print-button.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { NothingHere } from '#components/ui/list/empty-list.tsx';
import { devicePath } from '#lib/domain/devices/device-ref.ts';
import { fleetParams } from '#lib/domain/inventory/fleet-filter.ts';
import {
  LABEL_SIZES,
  type LabelQuestion,
  type LabelSize,
  labelsPath,
  MOST_LABELS,
  readLabelQuestion,
  sheetsOf,
} from '#lib/domain/inventory/label.ts';
import { requestChoices, requestTranslations } from '#lib/i18n/request-texts.ts';
import { runtime } from '#lib/server/runtime.ts';
import { type Labels, listLabels } from '#lib/services/inventory/list-labels.ts';
import './labels.css';

type Props = { searchParams: SentParams };

export async function generateMetadata(): Promise<Metadata> {
  const t = await requestTranslations();
  return { title: t('labelSheet.title') };
}

/** QR labels of the devices in the address, as sheets to print. */
export default async function LabelsPage({ searchParams }: Props) {
  const { auth, config, services } = await runtime();
  const asked = readLabelQuestion(await paramsOf(searchParams));
  const operator = await requireOperator(auth, labelsPath(asked));
  const caller = await pageCaller(operator);
  const [t, { theme }, found] = await Promise.all([
    requestTranslations(),
    requestChoices(),
    listLabels(services, caller, asked),
  ]);
  return (
    <PageFrame name={t('app.name')} theme={theme} operator={operator}>
      {found.labels.length > 0 ? (
        <Sheets asked={asked} found={found} appUrl={config.appUrl} />
      ) : (
        <NoLabels asked={asked} found={found} />
      )}
    </PageFrame>
  );
}

async function NoLabels({ asked, found: { total } }: { asked: LabelQuestion; found: Labels }) {
  const t = await requestTranslations();
  const many = total > MOST_LABELS;
  const back = backFrom(asked);
  return (
    <NothingHere
      title={t(many ? 'labelSheet.tooMany.title' : 'labelSheet.empty.title')}
      why={many ? t('labelSheet.tooMany.why', { n: total, most: MOST_LABELS }) : t('labelSheet.empty.why')}
      wayOut={t(back.word)}
      href={back.href}
    />
  );
}

type SheetsProps = { asked: LabelQuestion; found: Labels; appUrl: string };

async function Sheets({ asked, found, appUrl }: SheetsProps) {
  const t = await requestTranslations();
  const sheets = sheetsOf(found.labels, asked.size);
  const back = backFrom(asked);
  const words = {
    unnamed: t('device.unnamed'),
    noRoom: t('device.noRoom'),
    qrOf: (name: string) => t('labels.qrOf', { name }),
  };
  return (
    <>
      <div data-screen-only>
        <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
          <div>
            <h1 className="font-semibold text-title">{t('labelSheet.title')}</h1>
            <p className="text-quiet">
              {t('labelSheet.count', { n: found.labels.length, sheets: sheets.length })}
            </p>
          </div>
          <div className="flex flex-wrap gap-2">
            <Link href={back.href} prefetch={false} className={buttonClass()}>
              {t(back.word)}
            </Link>
            <PrintButton label={t('labelSheet.print')} />
          </div>
        </div>
        <Sizes asked={asked} />
        <p className="mt-2 text-quiet text-small">{t('labelSheet.printWhy')}</p>
        {found.withoutId > 0 && <p className="mt-2">{t('labelSheet.withoutId', { n: found.withoutId })}</p>}
        {found.unknown > 0 && <p className="mt-2">{t('labelSheet.unknown', { n: found.unknown })}</p>}
      </div>
      {sheets.map((labels, at) => (
        <LabelSheet
          key={labels[0]?.deviceId}
          labels={labels}
          size={asked.size}
          appUrl={appUrl}
          words={words}
          caption={t('labelSheet.sheet', { n: at + 1, all: sheets.length })}
        />
      ))}
    </>
  );
}

async function Sizes({ asked }: { asked: LabelQuestion }) {
  const t = await requestTranslations();
  return (
    <nav aria-label={t('labelSheet.size')} className="mt-3">
      <ul className="flex flex-wrap gap-2">
        {(Object.keys(LABEL_SIZES) as LabelSize[]).map((size) => (
          <li key={size}>
            <Link
              href={labelsPath({ ...asked, size })}
              prefetch={false}
              aria-current={size === asked.size ? 'true' : undefined}
              className={`${buttonClass()} aria-[current=true]:border-accent aria-[current=true]:bg-sunken`}
            >
              {t(`labelSheet.sizes.${size}`)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Where the same devices are a list, or the one a page. */
function backFrom({ devices: [only, another], question }: LabelQuestion) {
  if (only !== undefined && another === undefined) {
    return { word: 'checklist.list.device', href: devicePath({ by: 'deviceId', id: only }) } as const;
  }
  const params = fleetParams(question);
  return { word: 'labelSheet.back', href: params.size === 0 ? '/devices' : `/devices?${params}` } as const;
}
