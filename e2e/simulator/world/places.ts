const CITIES = [
  ['杭州', 'Hangzhou'],
  ['上海', 'Shanghai'],
  ['北京', 'Beijing'],
  ['深圳', 'Shenzhen'],
  ['成都', 'Chengdu'],
  ['广州', 'Guangzhou'],
  ['Singapore', 'Singapore'],
  ['西安', "Xi'an"],
  ['武汉', 'Wuhan'],
  ['Dubai', 'Dubai'],
] as const;

const BUILDINGS = [
  'HQ',
  'A座',
  'B座',
  'East Campus',
  '西溪园区',
  'Innovation Park',
  '研发中心',
  'Tower 2',
] as const;

export type Group = { groupId: number; groupName: string; parentId: number };
export type Place = {
  city: number;
  floor: number;
  spot: number;
  group: Group;
  storey: number;
  title: string;
};

const CITY_IDS = 1_001;
const BUILDING_IDS = 20_001;
const FLOOR_IDS = 300_001;

/** The tree of room groups: cities, their buildings, their floors; every room hangs on a floor. */
export class Places {
  readonly roomsPerFloor: number;
  readonly #floorsPerBuilding: number;
  readonly #floors: number;
  readonly #buildings: number;
  readonly #cities: number;

  constructor(rooms: number) {
    this.roomsPerFloor = rooms <= 100 ? 4 : rooms <= 2_000 ? 8 : 12;
    this.#floorsPerBuilding = rooms <= 100 ? 2 : rooms <= 2_000 ? 5 : 12;
    this.#floors = Math.ceil(rooms / this.roomsPerFloor);
    this.#buildings = Math.ceil(this.#floors / this.#floorsPerBuilding);
    this.#cities = Math.min(CITIES.length, Math.ceil(this.#buildings / 2));
  }

  get size(): number {
    return this.#cities + this.#buildings + this.#floors;
  }

  group(groupId: number): Group | undefined {
    if (groupId >= FLOOR_IDS) return this.#floor(groupId - FLOOR_IDS);
    if (groupId >= BUILDING_IDS) return this.#building(groupId - BUILDING_IDS);
    return this.#city(groupId - CITY_IDS);
  }

  groups(): Group[] {
    const all: (Group | undefined)[] = [];
    for (let city = 0; city < this.#cities; city++) all.push(this.#city(city));
    for (let building = 0; building < this.#buildings; building++) all.push(this.#building(building));
    for (let floor = 0; floor < this.#floors; floor++) all.push(this.#floor(floor));
    return all.filter((group) => group !== undefined);
  }

  placeOf(room: number): Place {
    const floor = Math.floor(room / this.roomsPerFloor);
    const building = Math.floor(floor / this.#floorsPerBuilding);
    const city = building % this.#cities;
    const group = this.#floor(floor) ?? { groupId: 0, groupName: '', parentId: 0 };
    const storey = (floor % this.#floorsPerBuilding) + 1;
    return {
      city,
      floor,
      spot: room % this.roomsPerFloor,
      group,
      storey,
      title: this.#building(building)?.groupName ?? '',
    };
  }

  #city(city: number): Group | undefined {
    const names = CITIES[city];
    if (!Number.isInteger(city) || city < 0 || city >= this.#cities || !names) return undefined;
    return { groupId: CITY_IDS + city, groupName: names[0], parentId: 0 };
  }

  #building(building: number): Group | undefined {
    if (!Number.isInteger(building) || building < 0 || building >= this.#buildings) return undefined;
    const city = building % this.#cities;
    const inCity = Math.floor(building / this.#cities);
    const style = BUILDINGS[inCity % BUILDINGS.length] ?? 'HQ';
    const again = Math.floor(inCity / BUILDINGS.length);
    const [chinese, english] = CITIES[city] ?? CITIES[0];
    const name = /^[A-Z][a-zA-Z]/.test(style) ? `${english} ${style}` : `${chinese}${style}`;
    return {
      groupId: BUILDING_IDS + building,
      groupName: again ? `${name} ${again + 1}` : name,
      parentId: CITY_IDS + city,
    };
  }

  #floor(floor: number): Group | undefined {
    if (!Number.isInteger(floor) || floor < 0 || floor >= this.#floors) return undefined;
    const building = Math.floor(floor / this.#floorsPerBuilding);
    return {
      groupId: FLOOR_IDS + floor,
      groupName: `${(floor % this.#floorsPerBuilding) + 1}F`,
      parentId: BUILDING_IDS + building,
    };
  }
}
