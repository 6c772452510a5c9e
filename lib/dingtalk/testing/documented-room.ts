/** A room as the detail's documentation describes it, every field there (DingTalk docs: check-meeting-room-details). */
export const DOCUMENTED_ROOM = {
  roomId: '7263xxxxx',
  roomUnionId: 'rUxxxxxiEiE',
  corpId: 'ding99xxxxx',
  isvRoomId: 'isv-1',
  roomName: 'Test Meeting Room',
  roomCapacity: 10,
  roomStatus: 2,
  roomPicture: 'https://example.test/room.png',
  roomStaffId: 'reserved',
  roomDescription: 'Second door on the left',
  roomLocation: { title: 'Hangzhou', desc: 'Building 5, 3rd floor' },
  roomLabels: [
    { labelId: 1, labelName: '电视' },
    { labelId: 5, labelName: '视频会议' },
  ],
  roomGroup: { groupId: 4321, groupName: '3rd floor', parentId: 0 },
  deviceUnionIds: ['lmvUxxxxx', 'lmvUyyyyy'],
  enableCycleReservation: true,
  reservationAuthority: {
    authorizedMembers: [{ memberId: 'm', memberName: 'Somebody', memberType: 'user' }],
  },
  extensionConfig: { openReservation: true, minReservationTimeInterval: 15 },
  approvalSwitch: false,
  approvalType: 1,
};
