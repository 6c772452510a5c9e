import { namesCauseOf } from '#lib/domain/alerts/alert.ts';
import { type Issue, restsOnStatus, worstFirst } from '#lib/domain/issues/issue.ts';
import { controllersElsewhere, controllersLost, controllersOffline, outOfReach } from './controller-rules.ts';
import { addressError } from './network-rules.ts';
import { partsLostOrSwapped } from './part-rules.ts';
import { macOfNoInterface, partsMissing, twoInRoom, versionsBehind, wifiAmongWired } from './peer-rules.ts';
import {
  activationIssue,
  openAlarms,
  roomError,
  sharedIdentifiers,
  staleness,
  unknownStatus,
} from './record-rules.ts';
import { flapping, quietness } from './rhythm-rules.ts';
import type { Subject } from './subject.ts';

const RULES: readonly ((subject: Subject) => Issue[])[] = [
  outOfReach,
  controllersElsewhere,
  controllersOffline,
  controllersLost,
  sharedIdentifiers,
  partsLostOrSwapped,
  openAlarms,
  addressError,
  roomError,
  activationIssue,
  unknownStatus,
  staleness,
  partsMissing,
  macOfNoInterface,
  versionsBehind,
  wifiAmongWired,
  twoInRoom,
  flapping,
  quietness,
];

/**
 * Everything that is wrong with a device as far as this knows it, the worst first. Pure. Issues that rest on the present
 * status are frozen while that status is only the last known one: those that stood go on, with the evidence of then, and
 * none is new. They are decided anew at the next check or event.
 */
export const findActiveIssues = (subject: Subject): Issue[] =>
  worstFirst(RULES.flatMap((rule) => rule(subject))).filter(
    ({ code }) => subject.current || !restsOnStatus(code) || namesCauseOf(subject.standing, code),
  );
