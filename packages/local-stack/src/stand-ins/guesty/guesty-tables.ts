import type { DocumentTable, StandInDatabase } from '../document-table.ts';
import {
  GuestyCalendarDay,
  GuestyConversation,
  GuestyGuest,
  GuestyListing,
  GuestyPost,
  GuestyReservation,
  GuestyTask,
} from './guesty-shapes.ts';

/** Everything the stand-in knows of the company. */
export interface GuestyTables {
  readonly reservations: DocumentTable<GuestyReservation>;
  readonly listings: DocumentTable<GuestyListing>;
  readonly guests: DocumentTable<GuestyGuest>;
  readonly tasks: DocumentTable<GuestyTask>;
  readonly conversations: DocumentTable<GuestyConversation>;
  readonly posts: DocumentTable<GuestyPost>;
  readonly calendars: DocumentTable<GuestyCalendarDay>;
}

export const openGuestyTables = (database: StandInDatabase): GuestyTables => ({
  reservations: database.table('reservations', row => GuestyReservation.parse(row)),
  listings: database.table('listings', row => GuestyListing.parse(row)),
  guests: database.table('guests', row => GuestyGuest.parse(row)),
  tasks: database.table('tasks', row => GuestyTask.parse(row)),
  conversations: database.table('conversations', row => GuestyConversation.parse(row)),
  posts: database.table('posts', row => GuestyPost.parse(row)),
  calendars: database.table('calendars', row => GuestyCalendarDay.parse(row)),
});
