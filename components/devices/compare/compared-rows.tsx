'use client';

import { ChevronRight, Equal, EqualNot, EyeOff, Fingerprint, type LucideIcon } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useFieldName } from '#components/devices/use-field-text.ts';
import { BareButton } from '#components/ui/bare-button.tsx';
import { useMomentText } from '#components/ui/moment.tsx';
import type { ComparedField } from '#lib/api/devices/device-answers.ts';
import { COMPARED_KINDS, type ComparedKind, comparedKind } from '#lib/domain/devices/comparison.ts';
import { ComparedValue } from './compared-value.tsx';

const ICONS: Record<ComparedKind, LucideIcon> = {
  differs: EqualNot,
  own: Fingerprint,
  same: Equal,
  concealed: EyeOff,
};

type Names = { left: string; right: string };
type Props = { fields: ComparedField[]; names: Names; seen: { left: string; right: string } };

/** Every field of both, what may matter first; what says nothing is folded away. */
export function ComparedRows({ fields, ...rest }: Props) {
  const kinds = Map.groupBy(fields, comparedKind);
  return COMPARED_KINDS.map((kind) => (
    <KindRows key={kind} kind={kind} fields={kinds.get(kind) ?? []} {...rest} />
  ));
}

/** Fields of one kind under a heading that opens and closes them. */
function KindRows({ kind, fields, names, seen }: Props & { kind: ComparedKind }) {
  const t = useTranslations('compare');
  const [open, setOpen] = useState(kind === 'differs' || kind === 'own');
  const Icon = ICONS[kind];
  if (fields.length === 0 && kind !== 'differs') return null;
  return (
    <tbody className="max-md:block">
      <tr className="max-md:block">
        <th scope="rowgroup" colSpan={3} className="pt-4 pb-1 text-left font-semibold max-md:block">
          {fields.length === 0 ? (
            <p className="font-normal text-quiet">{t('nothingDiffers')}</p>
          ) : (
            <BareButton
              aria-expanded={open}
              onClick={() => setOpen(!open)}
              className="flex min-h-8 items-center gap-1.5 rounded-sm text-left"
            >
              <ChevronRight aria-hidden className={`size-4 shrink-0 text-quiet ${open ? 'rotate-90' : ''}`} />
              <Icon aria-hidden className="size-4 shrink-0" />
              {t(`kinds.${kind}`, { n: fields.length })}
            </BareButton>
          )}
        </th>
      </tr>
      {open &&
        fields.map((each) => <FieldRow key={each.field} kind={kind} names={names} seen={seen} {...each} />)}
    </tbody>
  );
}

type RowProps = ComparedField & Omit<Props, 'fields'> & { kind: ComparedKind };

function FieldRow({ field, left, right, leftAt, rightAt, kind, names, seen }: RowProps) {
  const t = useTranslations('compare');
  const word = useFieldName();
  const Icon = ICONS[kind];
  return (
    <tr className="border-line border-t max-md:block max-md:py-2">
      <th scope="row" className="py-1.5 pr-3 text-left align-top font-normal max-md:block max-md:p-0">
        <span className="flex items-start gap-1.5">
          <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${kind === 'differs' ? '' : 'text-quiet'}`} />
          <span className={`device-text ${kind === 'differs' ? 'font-medium' : 'text-quiet'}`}>
            {word(field)}
            <span className="sr-only">: {t(`marks.${kind}`)}</span>
          </span>
        </span>
      </th>
      <ValueCell field={field} value={left} at={leftAt} seen={seen.left} name={names.left} />
      <ValueCell field={field} value={right} at={rightAt} seen={seen.right} name={names.right} />
    </tr>
  );
}

type CellProps = { field: string; value: unknown; at: string; seen: string; name: string };

/** The value; its own age where an event told of it after the device was read. */
function ValueCell({ field, value, at, seen, name }: CellProps) {
  const t = useTranslations('compare');
  const moment = useMomentText();
  return (
    <td className="min-w-0 py-1.5 pr-3 align-top last:pr-0 max-md:mt-1 max-md:block max-md:p-0 max-md:pl-[1.375rem]">
      <span aria-hidden className="device-text block text-quiet text-small md:hidden">
        {name}
      </span>
      <ComparedValue field={field} value={value} />
      {at !== seen && (
        <span className="block text-quiet text-small">{t('eventAt', { moment: moment(at) })}</span>
      )}
    </td>
  );
}
