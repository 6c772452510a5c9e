import type { Controller } from '#lib/domain/devices/device.ts';
import type { Issue } from '#lib/domain/issues/issue.ts';
import { neighboursOffline } from './peer-rules.ts';
import { alarmed, asBefore, isOffline, ownState, type Subject, said } from './subject.ts';

/** How a controller is named in fields; see `Change`. */
const nameOf = ({ deviceId, unionId }: Controller): string => deviceId ?? unionId ?? '';

const works = ({ status }: Controller): boolean => status.state !== 'offline' && status.state !== 'unknown';

/** The device out of reach, alone or while a panel of its own answers: the two ask for different steps. */
export function outOfReach(subject: Subject): Issue[] {
  if (!isOffline(subject)) return [];
  const { device } = subject;
  // The alarm of it says since when, and is no trouble of its own.
  const overrides = subject.alarms.filter(({ rule }) => rule === 'offline').map(alarmed);
  const own = ownState(subject);
  const working = device.controllers.filter(works);
  const neighbours = neighboursOffline(subject);
  if (neighbours.length > 0)
    return [{ code: 'offline-with-neighbours', evidence: [own, ...neighbours, ...overrides] }];
  if (working.length === 0) return [{ code: 'offline', evidence: [own, ...overrides] }];
  const others = working.map((each) => stateOf(subject, each));
  return [{ code: 'offline-while-controller-works', evidence: [own, ...others, ...overrides] }];
}

const stateOf = (subject: Subject, controller: Controller) =>
  said(subject, `controllers.${nameOf(controller)}.status.state`, controller.status.state);

/** Panels that are out of reach while the device is not. */
export function controllersOffline(subject: Subject): Issue[] {
  if (isOffline(subject) || subject.device.status.state === 'unknown') return [];
  return subject.device.controllers
    .filter(({ status }) => status.state === 'offline')
    .map((each) => ({
      code: 'controller-offline',
      evidence: [stateOf(subject, each), ownState(subject)],
    }));
}

/** Panels that stand in another room than their device, or belong to another organisation. */
export function controllersElsewhere(subject: Subject): Issue[] {
  const { room, corpId, controllers } = subject.device;
  return controllers.flatMap((each): Issue[] => {
    const path = `controllers.${nameOf(each)}`;
    const found: Issue[] = [];
    if (room !== null && each.roomId !== null && each.roomId !== room.id) {
      found.push({
        code: 'controller-in-other-room',
        evidence: [said(subject, `${path}.roomId`, each.roomId), said(subject, 'room.id', room.id)],
      });
    }
    if (corpId !== null && each.corpId !== null && each.corpId !== corpId) {
      found.push({
        code: 'controller-of-other-organisation',
        evidence: [said(subject, `${path}.corpId`, each.corpId), said(subject, 'corpId', corpId)],
      });
    }
    return found;
  });
}

/** The device had a panel, and has none now. */
export function controllersLost(subject: Subject): Issue[] {
  if (subject.device.controllers.length > 0) return [];
  const lost = subject.changes.find(
    ({ field, from, to }) => /^controllers\.[^.]+$/.test(field) && from !== null && to === null,
  );
  if (!lost) return [];
  return [{ code: 'controller-lost', evidence: [said(subject, lost.field, null), asBefore(lost)] }];
}
