/** Notes, and answers of the on-site checklist. Times are milliseconds since the epoch. */
export type NoteTables = {
  notes: {
    id: string;
    /** `device` or `room`. */
    kind: string;
    /** The device's key or the room's ID. */
    key: string;
    author: string;
    author_name: string;
    body: string;
    written_at: number;
    edited_at: number | null;
    /** Set while a deleted note can still be restored. */
    removed_at: number | null;
    removed_by: string | null;
  };
  checklist_answers: {
    device_key: string;
    step: string;
    at: number;
    answer: string;
    subject: string;
    name: string;
  };
};
