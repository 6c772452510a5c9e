import { history, type Judge, list, room, rooms, search } from './judge.ts';
import type { Person, Role } from './person.ts';
import { pick, type World } from './truth.ts';

type SimulatorContext = { world: World; judge: Judge; began: number };
/** Something that people do here: who, how often compared with the rest, and what must be right about it. */
export type Doing = {
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

/** What people do all day, more often what they do more often. */
export const DOINGS: readonly Doing[] = [
  {
    name: 'look a device up',
    weight: 12,
    roles: MAY_ASK,
    async run(person, { world, judge }) {
      const id = pick(world.ids);
      const response = await person.ask(`/api/v1/devices/query?deviceId=${id}`);
      if (response) judge.device(person, response, id);
    },
  },
  {
    name: 'look a device up, now',
    weight: 14,
    roles: MAY_ASK,
    async run(person, { world, judge }) {
      const id = pick(world.ids);
      const response = await person.ask(`/api/v1/devices/query?deviceId=${id}&fresh=true`);
      if (response) judge.device(person, response, id);
    },
  },
  {
    name: 'read a known device',
    weight: 12,
    roles: ALL,
    async run(person, { world, judge }) {
      const id = pick(world.ids);
      const response = await person.ask(`/api/v1/devices/${id}`);
      if (response) judge.device(person, response, id);
    },
  },
  {
    name: 'read a device as known then',
    weight: 4,
    roles: ALL,
    async run(person, { world, judge, began }) {
      const id = pick(world.ids);
      const response = await person.ask(`/api/v1/devices/${id}?at=${anyMoment(began)}`);
      if (response) judge.device(person, response, id);
    },
  },
  {
    name: 'open a device page',
    weight: 8,
    roles: ALL,
    async run(person, { world, judge }) {
      const id = pick(world.ids);
      const response = await person.ask(`/devices/${id}`);
      if (!response) return;
      judge.text(person, response);
      judge.wrongWhen(response.status !== 200, 'a page that did not come', response);
      judge.wrongWhen(!response.text.includes(id), 'a page of another device', response);
    },
  },
  {
    name: 'open a list page',
    weight: 4,
    roles: ALL,
    async run(person, { judge }) {
      const response = await person.ask(pick(['/devices', '/rooms', '/', '/devices?status=offline']));
      if (!response) return;
      judge.text(person, response);
      judge.wrongWhen(response.status !== 200, 'a page that did not come', response);
    },
  },
  {
    name: 'filter the fleet',
    weight: 12,
    roles: ALL,
    async run(person, { judge }) {
      const status = pick(STATES);
      const response = await person.ask(`/api/v1/devices?status=${status}&sort=${pick(SORTS)}&limit=50`);
      const read = response && judge.read(person, response, list);
      if (!read) return;
      judge.rows(response, read.items);
      judge.wrongWhen(
        read.items.some((row) => row.status.state !== status),
        'a row of another state',
        response,
      );
      judge.wrongWhen(read.total < read.items.length || read.total > read.known, 'odd counts', response);
    },
  },
  {
    name: 'read the fleet as known then',
    weight: 3,
    roles: ALL,
    async run(person, { judge, began }) {
      const response = await person.ask(`/api/v1/devices?limit=50&at=${anyMoment(began)}`);
      const read = response && judge.read(person, response, list);
      if (read) judge.rows(response, read.items);
    },
  },
  {
    name: 'search for a serial number',
    weight: 8,
    roles: ALL,
    async run(person, { world, judge }) {
      const truth = world.of(pick(world.ids));
      const response = await person.ask('/api/v1/search', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ q: `Serial ${truth?.serial}: black screen` }),
      });
      const read = response && judge.read(person, response, search);
      if (!read) return;
      const isFound = read.matches.some(({ id }) => id === truth?.deviceId);
      judge.wrongWhen(
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
    async run(person, { world, judge }) {
      const response = await person.ask(`/api/v1/devices/${pick(world.ids)}/history?days=7`);
      const read = response && judge.read(person, response, history);
      if (!read) return;
      const overlaps = read.spans.some(
        (span, at) => span.from >= span.to || span.from < (read.spans[at - 1]?.to ?? ''),
      );
      judge.wrongWhen(overlaps, 'spans that overlap or end before they begin', response);
    },
  },
  {
    name: 'read rooms',
    weight: 6,
    roles: ALL,
    async run(person, { world, judge }) {
      const response = await person.ask('/api/v1/rooms?limit=40&sort=-status');
      const read = response && judge.read(person, response, rooms);
      if (read)
        judge.rows(
          response,
          read.items.flatMap(({ devices }) => devices),
        );
      const truth = world.of(pick(world.ids));
      const one = await person.ask(`/api/v1/rooms/${truth?.roomId}`);
      const found = one && judge.read(person, one, room);
      if (!found) return;
      judge.rows(one, found.room.devices);
      const isIn = found.room.devices.some(({ deviceId }) => deviceId === truth?.deviceId);
      judge.wrongWhen(!isIn || found.room.id !== truth?.roomId, 'a room without its device', one);
    },
  },
  {
    name: 'take a file',
    weight: 1,
    roles: MAY_ASK,
    async run(person, { judge }) {
      const response = await person.ask('/api/v1/devices.csv?status=offline');
      if (!response) return;
      judge.text(person, response);
      judge.wrongWhen(response.status !== 200 || !response.text.startsWith('deviceId,'), 'no file', response);
    },
  },
];
