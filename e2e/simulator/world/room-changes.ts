/** What became of rooms since the world was made. */
export class RoomChanges {
  readonly #fields = new Map<string, Record<string, unknown>>();
  readonly #removed = new Set<string>();

  reset(): void {
    this.#fields.clear();
    this.#removed.clear();
  }

  change(roomId: string, fields: Record<string, unknown>): void {
    this.#fields.set(roomId, { ...this.#fields.get(roomId), ...fields });
  }

  remove(roomId: string): void {
    this.#removed.add(roomId);
  }

  removed(roomId: string): boolean {
    return this.#removed.has(roomId);
  }

  /** The new name of a room that has one. */
  nameOf(roomId: unknown): unknown {
    return this.#fields.get(String(roomId))?.roomName;
  }

  shown(room: Record<string, unknown>): Record<string, unknown> {
    return { ...room, ...this.#fields.get(String(room.roomId)) };
  }
}
