import { stringify } from 'csv-stringify/sync';
import { isConcealed } from '#lib/domain/conceal.ts';
import { AppError } from '#lib/domain/errors.ts';
import type { FleetRow } from '#lib/domain/fleet-answer.ts';
import type { FleetQuestion } from '#lib/domain/fleet-question.ts';
import { can, type Operator } from '#lib/domain/operator.ts';
import type { ServiceContext } from './context.ts';
import { shownDevice } from './inventory/shown-row.ts';
import { walkFleet } from './list-fleet.ts';

const COLUMNS: [string, (row: FleetRow) => unknown][] = [
  ['deviceId', ({ deviceId }) => deviceId],
  ['unionId', ({ unionId }) => unionId],
  ['name', ({ name }) => name],
  ['status', ({ status }) => status.state],
  ['statusSince', ({ stateSince }) => stateSince],
  ['roomId', ({ room }) => room?.id],
  ['room', ({ room }) => room?.name],
  ['group', ({ group }) => group?.name],
  ['model', ({ model }) => model],
  ['serial', ({ serial }) => serial],
  ['mac', ({ mac }) => mac],
  ['ip', ({ network }) => network.ip],
  ['network', ({ network }) => network.type],
  ['firmware', ({ firmware }) => firmware],
  ['software', ({ software }) => software],
  [
    'controllers',
    ({ controllers }) =>
      controllers
        .map(({ name, deviceId, status }) => `${name ?? deviceId ?? ''}: ${status.state}`)
        .join('; '),
  ],
  ['observedAt', ({ observedAt }) => observedAt],
  ['source', ({ source }) => source],
  ['toldAt', ({ toldAt }) => toldAt],
  ['goneAt', ({ goneAt }) => goneAt],
];

/** A byte order mark, without which a spreadsheet reads Chinese as something else. */
const BOM = '\ufeff';

/**
 * The devices that match as CSV (RFC 4180), a piece at a time: the columns are the same in every language, cells that a
 * spreadsheet would take for a formula are made text. Throws not-permitted before the first piece.
 */
export async function* fleetCsv(
  context: Pick<ServiceContext, 'store' | 'inventory' | 'clock'>,
  operator: Operator,
  question: FleetQuestion,
): AsyncGenerator<string> {
  if (!can(operator.role, 'export')) throw new AppError('not-permitted.role');
  yield BOM + lines([COLUMNS.map(([name]) => name)]);
  for await (const { showing, rows } of walkFleet(context, operator, question)) {
    const shown = rows.map((row) => shownDevice(showing, row));
    if (shown.length > 0) yield lines(shown.map((row) => COLUMNS.map(([, read]) => cellOf(read(row)))));
  }
}

const lines = (cells: string[][]) => stringify(cells, { escape_formulas: true, record_delimiter: 'windows' });

function cellOf(value: unknown): string {
  if (value === null || value === undefined || isConcealed(value)) return '';
  // A line break in a name would be a row to whoever reads line by line; control characters mean nothing in a cell.
  // Some spreadsheets find a formula behind blanks too.
  return String(value)
    .replace(/\p{Cc}+/gu, ' ')
    .trim();
}
