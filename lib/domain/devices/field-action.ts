import type { Role } from '#lib/domain/access/operator.ts';
import { FIELD_POLICY, type Sight, sees } from './field-policy.ts';

/** Stands in a path for the name of a controller that the reader may not know. */
export const CONCEALED_NAME = '(concealed)';

/** A path such as `network.ip`, `controllers.2345` or `controllers.2345.status.state`, in its parts. */
export type FieldPath = {
  /** The name of the controller that it is about; null for the unit itself. */
  controller: string | null;
  /** What of it, such as `ip` or `status.state`; null for a controller whole. */
  field: string | null;
};

const OF_CONTROLLER = new RegExp(
  `^controllers\\.(.+?)(?:\\.(${Object.keys(FIELD_POLICY.controller).join('|')}|status\\.\\w+))?$`,
  's',
);

/** Takes a field's path apart. Names of controllers may have dots in them, so the known words at the end decide. */
export function readFieldPath(path: string): FieldPath {
  const [, controller = null, field = null] = OF_CONTROLLER.exec(path) ?? [];
  return controller === null ? { controller: null, field: path } : { controller, field };
}

/**
 * What lets a person see the value of a field, by its path in Device: the same decisions as in `conceal`. A controller
 * whole takes what its most guarded part takes, and so does every field that nobody has decided about.
 */
export function fieldAction(path: string): Sight {
  const { controller, field } = readFieldPath(path);
  if (controller !== null) return decided(FIELD_POLICY.controller, field?.split('.')[0]);
  const [first = '', second] = path.split('.');
  return first === 'network' ? decided(FIELD_POLICY.network, second) : decided(FIELD_POLICY.unit, first);
}

/** Whether the role may see the value of a field. */
export const seesField = (role: Role, path: string): boolean => sees(role, fieldAction(path));

const decided = (decisions: Record<string, Sight>, name = ''): Sight =>
  (Object.hasOwn(decisions, name) ? decisions[name] : null) ?? 'nobody';
