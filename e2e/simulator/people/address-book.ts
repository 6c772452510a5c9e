import { CORP_ID, PEOPLE, type Person } from './people.ts';

/** Members and external contacts of this organization, as long as they belong to it. */
export class AddressBook {
  readonly #left = new Set<string>();

  reset(): void {
    this.#left.clear();
  }

  /** Removes a person from the organization; false for an unknown one. */
  remove(unionId: string): boolean {
    if (!this.byUnionId(unionId)) return false;
    this.#left.add(unionId);
    return true;
  }

  byUnionId(unionId: string): Person | undefined {
    return this.#find((person) => person.unionId === unionId);
  }

  byUserId(userid: string): Person | undefined {
    return this.#find((person) => person.userid === userid);
  }

  isEmployee(unionId: string): boolean {
    return this.byUnionId(unionId)?.contactType === 0;
  }

  #find(is: (person: Person) => boolean): Person | undefined {
    return PEOPLE.find(
      (person) => is(person) && person.corpId === CORP_ID && !this.#left.has(person.unionId),
    );
  }
}
