import { EVERY_DEVICE, type FleetQuestion, fleetParams, NOW, readFleetQuestion } from './fleet-filter.ts';

/** How many labels stand beside and below each other on a sheet of A4. */
export const LABEL_SIZES = {
  small: { columns: 3, rows: 8 },
  medium: { columns: 2, rows: 5 },
  large: { columns: 2, rows: 3 },
} as const;

export type LabelSize = keyof typeof LABEL_SIZES;

/** Ten sheets of the smallest: more is drawn slowly, and is a mistake more often than a wish. */
export const MOST_LABELS = 240;

/** What is printed about a device: nothing that its role-less reader may not know, since everybody sees it on a wall. */
export type Label = { deviceId: string; name: string | null; room: string | null };

/** Which devices get a label: those that are named, else those of a view of the fleet. */
export type LabelQuestion = { devices: string[]; question: FleetQuestion; size: LabelSize };

/** Reads it out of an address. What it does not know it leaves out; the past has no labels. */
export function readLabelQuestion(params: URLSearchParams): LabelQuestion {
  const size = params.get('size') ?? '';
  return {
    devices: [...new Set(params.getAll('device').filter((id) => id !== ''))],
    question: { ...readFleetQuestion(params), ...NOW },
    size: Object.hasOwn(LABEL_SIZES, size) ? (size as LabelSize) : 'small',
  };
}

/** The address of a sheet; what is as usual is left out. */
export function labelsPath({
  devices = [],
  question = EVERY_DEVICE,
  size = 'small',
}: Partial<LabelQuestion>) {
  const params = fleetParams({ ...question, ...NOW });
  for (const id of devices) params.append('device', id);
  if (size !== 'small') params.set('size', size);
  return params.size === 0 ? '/labels' : `/labels?${params}`;
}

/** The labels a sheet at a time. */
export function sheetsOf(labels: Label[], size: LabelSize): Label[][] {
  const { columns, rows } = LABEL_SIZES[size];
  const each = columns * rows;
  return Array.from({ length: Math.ceil(labels.length / each) }, (_, at) =>
    labels.slice(at * each, (at + 1) * each),
  );
}
