/** One home and one booking in Guesty's full shape. */
export const listing = {
  _id: '69aa000000000000000000a1',
  nickname: 'Room 1',
  title: 'Room 1 by the river',
  timezone: 'Europe/London',
  defaultCheckInTime: '15:00',
  defaultCheckOutTime: '10:00',
};

export const reservation = (id: string, changes: Record<string, unknown> = {}) => ({
  reservationId: id,
  status: 'confirmed',
  confirmationCode: `HM${id}`,
  source: 'airbnb2',
  guestId: '69aa00000000000000000101',
  guest: { _id: '69aa00000000000000000101', firstName: 'Grace', lastName: 'Guest', fullName: 'Grace Guest' },
  stay: [
    {
      unitTypeId: '69aa000000000000000000b0',
      unitId: listing._id,
      checkInDateLocalized: '2026-07-21',
      checkOutDateLocalized: '2026-07-24',
      plannedArrivalTime: '21:30',
      plannedDepartureTime: null,
    },
  ],
  notes: { keyCode: '0000', cleaning: 'Cot needed', other: 'prefers the quiet side' },
  lastUpdatedAt: '2026-07-20T18:40:01.900Z',
  ...changes,
});
