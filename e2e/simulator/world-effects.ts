import { DEVICE_PROPERTIES } from './apis/device-properties.ts';
import type { World } from './world/world.ts';

type Body = Record<string, unknown>;
type EventContent = { body: Body; deviceId: string };

/** The field that an alarm changes, and the value after its end when the previous one is unknown. */
const PARTS: Record<string, { field: string; lost: string; found?: string }> = {
  device_offline_lwp: { field: 'deviceStatus', lost: 'offline', found: 'idle' },
  dev_hdmi_offline: { field: 'devHdmi', lost: 'false', found: 'true' },
  dev_mic_offline: { field: 'devMic', lost: '' },
  dev_voice_offline: { field: 'devVoice', lost: '' },
  dev_camera_offline: { field: 'devCamera', lost: '' },
};

/** Changes the simulated world according to an event. */
export class WorldEffects {
  readonly #world: World;
  readonly #before = new Map<string, unknown>();

  constructor(world: World) {
    this.#world = world;
  }

  reset(): void {
    this.#before.clear();
  }

  apply(eventType: string, event: EventContent): void {
    if (eventType === 'open_meeting_room_device_bind_change') this.#bind(event);
    else if (eventType === 'open_meeting_room_device_property_change') this.#setProperties(event);
    else if (eventType === 'open_meeting_room_device_alarm') this.#alarm(event);
    else if (eventType === 'meetingroom_room_info') this.#changeRoom(event.body);
  }

  #bind({ body, deviceId }: EventContent): void {
    const roomId = String(body.openRoomId ?? '');
    const bound = body.type === 'bind' && roomId !== '';
    const roomName = this.#world.roomById(roomId)?.roomName ?? null;
    this.#world.change(
      deviceId,
      bound ? { openRoomId: roomId, roomName } : { openRoomId: null, roomName: null },
    );
  }

  #setProperties({ body, deviceId }: EventContent): void {
    if (!Array.isArray(body.properties)) return;
    const fields = (body.properties as (Body | null)[]).flatMap((property) => {
      const field = DEVICE_PROPERTIES[String(property?.propertyName)];
      return field ? [[field, property?.propertyValue] as const] : [];
    });
    this.#world.change(deviceId, Object.fromEntries(fields));
  }

  #alarm({ body, deviceId }: EventContent): void {
    const part = PARTS[String(body.ruleKey)];
    const device = this.#world.byDeviceId(deviceId);
    if (!part || !device) return;
    const { field, lost, found } = part;
    const key = `${deviceId} ${field}`;
    if (body.eventStatus === 2) {
      const value = this.#before.get(key) ?? found;
      this.#before.delete(key);
      if (device[field] === lost && value !== undefined) this.#world.change(deviceId, { [field]: value });
    } else if (device[field] !== lost) {
      this.#before.set(key, device[field]);
      this.#world.change(deviceId, { [field]: lost });
    }
  }

  #changeRoom({ eventSubType, roomId, roomName, capacity }: Body): void {
    if (eventSubType === 'del') this.#world.removeRoom(String(roomId));
    if (eventSubType !== 'update') return;
    const seats = Number.parseInt(String(capacity), 10);
    this.#world.changeRoom(String(roomId), {
      ...(roomName ? { roomName } : {}),
      ...(Number.isNaN(seats) ? {} : { roomCapacity: seats }),
    });
  }
}
