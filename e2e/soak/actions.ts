import { type AnswerChecker, history, list, room, rooms, search } from './answer-checker.ts';
import { pick, type World } from './expected-world.ts';
import type { Person, Role } from './person.ts';

type SimulatorContext = { world: World; checker: AnswerChecker; began: number };
/** An action of simulated people: roles, relative frequency, and checks of its result. */
export type Action = {
  name: string;
  weight: number;
  roles: readonly Role[];
  run: (person: Person, context: SimulatorContext) => Promise<void>;
};

const ALL: readonly Role[] = ['viewer', 'support', 'admin'];
const MAY_ASK: readonly Role[] = ['support', 'admin'];
const STATES = ['idle', 'in-meeting', 'casting', 'ringing', 'whiteboard', 'offline'];
const SORTS = ['name', '-since', 'room', 'status', '-seen', 'software'];
const anyMoment = (began: number) =>
  new Date(began + Math.random() * Math.max(1, Date.now() - 1_000 - began)).toISOString();

/** The actions of a day, weighted by frequency. */
export const ACTIONS: readonly Action[] = [
  {
    name: 'look a device up',
    weight: 12,
    roles: MAY_ASK,
    async run(person, { world, checker }) {
      const id = pick(world.ids);
      const response = await person.ask(`/api/v1/devices/query?deviceId=${id}`);
      if (response) checker.device(person, response, id);
    },
  },
  {
    name: 'look a device up, now',
    weight: 14,
    roles: MAY_ASK,
    async run(person, { world, checker }) {
      const id = pick(world.ids);
      const response = await person.ask(`/api/v1/devices/query?deviceId=${id}&fresh=true`);
      if (response) checker.device(person, response, id);
    },
  },
  {
    name: 'read a known device',
    weight: 12,
    roles: ALL,
    async run(person, { world, checker }) {
      const id = pick(world.ids);
      const response = await person.ask(`/api/v1/devices/${id}`);
      if (response) checker.device(person, response, id);
    },
  },
  {
    name: 'read a device as known then',
    weight: 4,
    roles: ALL,
    async run(person, { world, checker, began }) {
      const id = pick(world.ids);
      const response = await person.ask(`/api/v1/devices/${id}?at=${anyMoment(began)}`);
      if (response) checker.device(person, response, id);
    },
  },
  {
    name: 'open a device page',
    weight: 8,
    roles: ALL,
    async run(person, { world, checker }) {
      const id = pick(world.ids);
      const response = await person.ask(`/devices/${id}`);
      if (!response) return;
      checker.text(person, response);
      checker.wrongWhen(response.status !== 200, 'a page that did not come', response);
      checker.wrongWhen(!response.text.includes(id), 'a page of another device', response);
    },
  },
  {
    name: 'open a list page',
    weight: 4,
    roles: ALL,
    async run(person, { checker }) {
      const response = await person.ask(pick(['/devices', '/rooms', '/', '/devices?status=offline']));
      if (!response) return;
      checker.text(person, response);
      checker.wrongWhen(response.status !== 200, 'a page that did not come', response);
    },
  },
  {
    name: 'filter the fleet',
    weight: 12,
    roles: ALL,
    async run(person, { checker }) {
      const status = pick(STATES);
      const response = await person.ask(`/api/v1/devices?status=${status}&sort=${pick(SORTS)}&limit=50`);
      const read = response && checker.read(person, response, list);
      if (!read) return;
      checker.rows(response, read.items);
      checker.wrongWhen(
        read.items.some((row) => row.status.state !== status),
        'a row of another state',
        response,
      );
      checker.wrongWhen(read.total < read.items.length || read.total > read.known, 'odd counts', response);
    },
  },
  {
    name: 'read the fleet as known then',
    weight: 3,
    roles: ALL,
    async run(person, { checker, began }) {
      const response = await person.ask(`/api/v1/devices?limit=50&at=${anyMoment(began)}`);
      const read = response && checker.read(person, response, list);
      if (read) checker.rows(response, read.items);
    },
  },
  {
    name: 'search for a serial number',
    weight: 8,
    roles: ALL,
    async run(person, { world, checker }) {
      const expected = world.of(pick(world.ids));
      const response = await person.ask('/api/v1/search', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ q: `Serial ${expected?.serial}: black screen` }),
      });
      const read = response && checker.read(person, response, search);
      if (!read) return;
      const isFound = read.matches.some(({ id }) => id === expected?.deviceId);
      checker.wrongWhen(
        isFound !== (person.role !== 'viewer'),
        'found by whom it should not, or not at all',
        response,
      );
    },
  },
  {
    name: 'read a history',
    weight: 6,
    roles: ALL,
    async run(person, { world, checker }) {
      const response = await person.ask(`/api/v1/devices/${pick(world.ids)}/history?days=7`);
      const read = response && checker.read(person, response, history);
      if (!read) return;
      const overlaps = read.spans.some(
        (span, at) => span.from >= span.to || span.from < (read.spans[at - 1]?.to ?? ''),
      );
      checker.wrongWhen(overlaps, 'spans that overlap or end before they begin', response);
    },
  },
  {
    name: 'read rooms',
    weight: 6,
    roles: ALL,
    async run(person, { world, checker }) {
      const response = await person.ask('/api/v1/rooms?limit=40&sort=-status');
      const read = response && checker.read(person, response, rooms);
      if (read)
        checker.rows(
          response,
          read.items.flatMap(({ devices }) => devices),
        );
      const expected = world.of(pick(world.ids));
      const one = await person.ask(`/api/v1/rooms/${expected?.roomId}`);
      const found = one && checker.read(person, one, room);
      if (!found) return;
      checker.rows(one, found.room.devices);
      const isIn = found.room.devices.some(({ deviceId }) => deviceId === expected?.deviceId);
      checker.wrongWhen(!isIn || found.room.id !== expected?.roomId, 'a room without its device', one);
    },
  },
  {
    name: 'take a file',
    weight: 1,
    roles: MAY_ASK,
    async run(person, { checker }) {
      const response = await person.ask('/api/v1/devices.csv?status=offline');
      if (!response) return;
      checker.text(person, response);
      checker.wrongWhen(
        response.status !== 200 || !response.text.startsWith('deviceId,'),
        'no file',
        response,
      );
    },
  },
];
