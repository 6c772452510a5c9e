import { roomIdOf, roomUnionIdOf, SAMPLE_ROOM_ID, SAMPLE_ROOM_NAME } from './identities.ts';
import type { Places } from './places.ts';
import { Random } from './random.ts';

const ROOMS = 21;
const NAMES = [
  '西湖厅',
  'Xihu',
  '灵隐',
  '断桥',
  'Lingyin',
  '钱塘厅',
  '龙井',
  'Longjing',
  '三潭印月',
  '雷峰',
  '黄山厅',
  'Huangshan',
  '泰山',
  'Boardroom',
  '洞庭厅',
  'Aurora',
  '敦煌',
  'Dunhuang',
  '桃花岛',
  '光明顶',
  'Focus Room',
  '聚贤庄',
  '达摩院',
  'Training Room',
] as const;
const CAPACITIES = [4, 6, 8, 8, 10, 12, 16, 20, 30, 60] as const;
const LABELS = [
  { labelId: 1, labelName: '电视' },
  { labelId: 2, labelName: '电话' },
  { labelId: 3, labelName: '投影' },
  { labelId: 4, labelName: '白板' },
  { labelId: 5, labelName: '视频会议' },
] as const;

type RoomContext = { seed: number; corpId: string; places: Places };

export function roomNameOf(context: RoomContext, room: number): string {
  if (room === 0) return SAMPLE_ROOM_NAME;
  const { storey, spot } = context.places.placeOf(room);
  const number = `${storey}${String(spot + 1).padStart(2, '0')}`;
  return `${new Random(context.seed, ROOMS, room).pick(NAMES)} ${number}`;
}

/** A room as the room list shows it. */
export function roomItem(context: RoomContext, room: number): Record<string, unknown> {
  const random = new Random(context.seed, ROOMS + 1, room);
  const place = context.places.placeOf(room);
  const equipment = LABELS.filter(({ labelId }) => labelId === 5 || random.chance(0.4));
  return {
    roomId: room === 0 ? SAMPLE_ROOM_ID : roomIdOf(context.seed, room),
    corpId: context.corpId,
    isvRoomId: '',
    roomName: roomNameOf(context, room),
    roomCapacity: random.pick(CAPACITIES),
    roomStatus: random.weighted([
      [0, 85],
      [1, 5],
      [2, 10],
    ]),
    roomPicture: '',
    roomStaffId: '',
    roomLocation: { title: place.title, desc: place.group.groupName },
    roomLabels: equipment,
    roomGroup: place.group,
  };
}

/**
 * Such a room cannot be booked; without an end it is closed permanently. (DingTalk docs: check-meeting-room-details)
 */
const closed = (room: number): Record<string, unknown> => ({
  taskStartTime: Date.UTC(2026, 0, 1),
  ...(room % 2 === 0 ? { taskEndTime: Date.UTC(2030, 0, 1) } : {}),
  closeReason: '装修',
  contactUnionId: 'simOperatorUnionId',
  contactNick: '王启航',
  sendNotify: false,
});

const isClosed = (room: number): boolean => room % 17 === 3;

/** A room as the room detail shows it. (DingTalk docs: check-meeting-room-details; aliyun/dingtalk-sdk eb93049) */
export function roomDetail(
  context: RoomContext,
  room: number,
  deviceUnionIds: string[],
): Record<string, unknown> {
  return {
    ...roomItem(context, room),
    roomUnionId: roomUnionIdOf(context.seed, room),
    deviceUnionIds,
    enableCycleReservation: room % 3 !== 0,
    reservationAuthority: { authorizedMembers: [] },
    extensionConfig: {
      openReservation: !isClosed(room),
      minReservationTimeInterval: 15,
      maxReservationTimeInterval: 0,
      advanceReservation: {
        advanceReservationTime: 30,
        advanceReservationTimeUnit: 'days',
        advanceBookTimeFormat: '09:00',
      },
      ...(isClosed(room) ? { reservationCloseDetail: closed(room) } : {}),
      approvalSwitch: room % 11 === 0,
      approvalType: room % 22 === 0 ? 2 : 1,
    },
    roomDescription: room % 13 === 5 ? '投影线在讲台下方' : '',
  };
}
