import type { RouteContract } from '#lib/api/contract.ts';
import {
  pinQuestion,
  searchQuestion,
  searchText,
  viewName,
  viewToSave,
} from '#lib/api/inventory/list-requests.ts';
import { nothing } from '#lib/api/values.ts';
import { pinsAndRecents, savedView, searchAnswer } from './search-answers.ts';

export const searchRoutes = {
  'GET /api/v1/search': {
    summary: 'Finds devices and rooms that a text may mean. Does not search by secrets.',
    input: searchQuestion,
    answer: searchAnswer,
    problems: ['too-many-questions'],
  },
  'POST /api/v1/search': {
    summary:
      'Searches with a longer text, or for the device that has a cast code or SIP account (admins, session only).',
    input: searchText,
    answer: searchAnswer,
  },
  'GET /api/v1/at-hand': {
    summary: 'Returns pinned devices and rooms, recently viewed devices and saved views.',
    input: nothing,
    answer: pinsAndRecents,
  },
  'PUT /api/v1/pins': {
    summary: 'Pins a device or a room.',
    input: pinQuestion,
    status: 204,
  },
  'DELETE /api/v1/pins': {
    summary: 'Unpins a device or a room.',
    input: pinQuestion,
    status: 204,
  },
  'POST /api/v1/views': {
    summary: 'Saves a view of a list under a name. Replaces a view of the same name.',
    input: viewToSave,
    status: 201,
    answer: savedView,
  },
  'DELETE /api/v1/views/[viewId]': {
    summary: 'Removes a saved view.',
    input: viewName,
    status: 204,
  },
} as const satisfies Record<string, RouteContract>;
