import { stringify } from 'csv-stringify/sync';
import type { FleetRow } from '#lib/api/inventory/fleet-answers.ts';
import type { Caller } from '#lib/domain/access/access.ts';
import { assertCan } from '#lib/domain/access/assert-can.ts';
import { type FleetQuestion, fleetParams } from '#lib/domain/inventory/fleet-filter.ts';
import { exportedRows } from '#lib/services/audit/audited-export.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import { BOM, cellOf } from './csv-cell.ts';
import { walkFleet } from './list-fleet.ts';
import { shownDevice } from './shown-row.ts';

const COLUMNS: [string, (row: FleetRow) => unknown][] = [
  ['deviceId', ({ deviceId }) => deviceId],
  ['unionId', ({ unionId }) => unionId],
  ['name', ({ name }) => name],
  ['status', ({ status }) => status.state],
  ['statusCurrent', ({ status }) => status.current],
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
  ['issues', ({ issues }) => issues.join('; ')],
  ['observedAt', ({ observedAt }) => observedAt],
  ['source', ({ source }) => source],
  ['eventAt', ({ eventAt }) => eventAt],
  ['removedAt', ({ removedAt }) => removedAt],
];

/**
 * The devices that match as CSV (RFC 4180), a piece at a time: the columns are the same in every language, cells that a
 * spreadsheet would take for a formula are made text. The audit log says first who takes what. With a text it counts as a
 * search. Throws not-permitted, too-many-questions and internal.audit before the first piece.
 */
export async function* fleetCsv(
  context: Pick<ServiceContext, 'store' | 'inventory' | 'clock' | 'audit' | 'limits'>,
  caller: Caller,
  question: FleetQuestion,
): AsyncGenerator<string> {
  const { operator, source } = caller;
  assertCan(operator.role, 'export');
  if (question.q !== '') await context.limits.search(caller);
  const filters = fleetParams(question).toString();
  const auditEntry = {
    by: operator,
    source,
    target: { kind: 'fleet' as const, id: null },
    about: filters || null,
  };
  yield* exportedRows(context, auditEntry, async function* () {
    yield { text: BOM + lines([COLUMNS.map(([name]) => name)]), rows: 0 };
    for await (const { showing, rows } of walkFleet(context, operator, question)) {
      const shown = rows.map((row) => shownDevice(showing, row));
      const cells = shown.map((row) => COLUMNS.map(([, read]) => cellOf(read(row))));
      if (cells.length > 0) yield { text: lines(cells), rows: cells.length };
    }
  });
}

const lines = (cells: string[][]) => stringify(cells, { escape_formulas: true, record_delimiter: 'windows' });
