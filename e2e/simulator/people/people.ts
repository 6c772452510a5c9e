export type Person = {
  unionId: string;
  userid: string;
  name: string;
  title: string;
  corpId: string;
  /** 0 is an employee, 1 an external contact. */
  contactType: 0 | 1;
  admin: boolean;
  roles: { id: number; name: string; group_name: string }[];
  /** Whether DingTalk lets this person query devices. */
  mayQuery: boolean;
  email?: string;
  mobile?: string;
};

export const CORP_ID = 'dingsimcorp';
export const OTHER_CORP_ID = 'dingothercorp';

const employee = { corpId: CORP_ID, contactType: 0, admin: false, roles: [], mayQuery: true } as const;

/** All people on the sign-in page. */
export const PEOPLE: readonly Person[] = [
  {
    ...employee,
    unionId: 'simOperatorUnionId',
    userid: 'manager0001',
    name: '王启航',
    title: 'Meeting room operator',
    roles: [{ id: 1001, name: '会议室管理员', group_name: '行政' }],
    email: 'qihang@dingsim.example',
    mobile: '13800000001',
  },
  {
    ...employee,
    unionId: 'simAdminUnionId',
    userid: 'admin0002',
    name: '陈若兰',
    title: 'IT administrator',
    admin: true,
    roles: [{ id: 1002, name: '主管理员', group_name: '默认' }],
    email: 'ruolan@dingsim.example',
    mobile: '13800000002',
  },
  {
    ...employee,
    unionId: 'simSupportUnionId',
    userid: 'support0003',
    name: '李志远',
    title: 'IT support',
    roles: [{ id: 1003, name: 'IT支持', group_name: '职务' }],
    email: 'zhiyuan@dingsim.example',
  },
  {
    ...employee,
    roles: [],
    unionId: 'simViewerUnionId',
    userid: 'staff0004',
    name: '赵小雨',
    title: 'Employee',
  },
  {
    ...employee,
    roles: [],
    unionId: 'simOutsiderUnionId',
    userid: 'staff0005',
    name: '孙默',
    title: 'Employee who may not query devices',
    mayQuery: false,
  },
  {
    ...employee,
    roles: [],
    unionId: 'simExternalUnionId',
    userid: 'external0006',
    name: '周外联',
    title: 'External contact',
    contactType: 1,
    mayQuery: false,
  },
  {
    ...employee,
    roles: [],
    unionId: 'simStrangerUnionId',
    userid: 'stranger0007',
    name: '吴他山',
    title: 'Person of another organization',
    corpId: OTHER_CORP_ID,
    mayQuery: false,
  },
];

export const personByUnionId = (unionId: string): Person | undefined =>
  PEOPLE.find((person) => person.unionId === unionId);
