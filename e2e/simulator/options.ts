import { parseArgs } from 'node:util';

export type Options = {
  port: number;
  /** A second listener with the controls only, which stays open while the first refuses connections. */
  controlPort?: number;
  rooms: number;
  devicesPerRoom: number;
  seed: number;
  qps: number;
  qpm: number;
  monthly: number;
  tokenSeconds: number;
  latencyMs: number;
  /** How long an idle connection is kept open, as announced to clients. */
  keepAliveSeconds: number;
  publicOrigin?: string;
  redirectUris: string[];
  /** The address for events from the start. */
  eventsCallback?: string;
  /** Working days start immediately, one after another, at this multiple of the clock. */
  daySpeed?: number;
};

const MOST_DEVICES = 200_000;

export const DEFAULTS: Options = {
  port: 4010,
  rooms: 40,
  devicesPerRoom: 1,
  seed: 7,
  qps: 20,
  qpm: 0,
  monthly: 5_000,
  tokenSeconds: 7_200,
  latencyMs: 0,
  keepAliveSeconds: 60,
  redirectUris: [],
};

/** Throws an Error with a readable sentence for an invalid flag. */
export function parseOptions(args: string[]): Options | 'help' {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args,
    options: {
      port: text,
      'control-port': text,
      rooms: text,
      'devices-per-room': text,
      seed: text,
      qps: text,
      qpm: text,
      monthly: text,
      'token-seconds': text,
      'latency-ms': text,
      'keep-alive-seconds': text,
      'public-origin': text,
      'redirect-uri': { type: 'string', multiple: true },
      'events-callback': text,
      'day-speed': text,
      help: { type: 'boolean' },
    },
  });
  if (values.help) return 'help';
  const whole = (flag: keyof typeof values, standard: number, least = 0, most = Number.MAX_SAFE_INTEGER) => {
    const given = values[flag];
    if (given === undefined) return standard;
    const value = Number(given);
    if (Number.isSafeInteger(value) && value >= least && value <= most) return value;
    throw new Error(`--${flag} must be a whole number of at least ${least}, got ${String(given)}`);
  };
  const controlPort = values['control-port'] === undefined ? {} : { controlPort: whole('control-port', 0) };
  const publicOrigin = values['public-origin'] ? { publicOrigin: values['public-origin'] } : {};
  const address = values['events-callback'];
  if (address !== undefined && !(URL.canParse(address) && /^https?:/.test(address))) {
    throw new Error(`--events-callback must be an address with http or https, got ${address}`);
  }
  const eventsCallback = address === undefined ? {} : { eventsCallback: address };
  const daySpeed = values['day-speed'] === undefined ? {} : { daySpeed: whole('day-speed', 1, 1) };
  return checked({
    port: whole('port', DEFAULTS.port, 0, 65_535),
    ...controlPort,
    rooms: whole('rooms', DEFAULTS.rooms, 1),
    devicesPerRoom: whole('devices-per-room', DEFAULTS.devicesPerRoom, 1, 16),
    seed: whole('seed', DEFAULTS.seed),
    qps: whole('qps', DEFAULTS.qps),
    qpm: whole('qpm', DEFAULTS.qpm),
    monthly: whole('monthly', DEFAULTS.monthly),
    tokenSeconds: whole('token-seconds', DEFAULTS.tokenSeconds, 1),
    latencyMs: whole('latency-ms', DEFAULTS.latencyMs),
    keepAliveSeconds: whole('keep-alive-seconds', DEFAULTS.keepAliveSeconds, 1),
    ...publicOrigin,
    redirectUris: values['redirect-uri'] ?? [],
    ...eventsCallback,
    ...daySpeed,
  });
}

function checked(options: Options): Options {
  if (options.rooms * options.devicesPerRoom <= MOST_DEVICES) return options;
  throw new Error(`at most ${MOST_DEVICES} devices: fewer --rooms or fewer --devices-per-room, please`);
}
