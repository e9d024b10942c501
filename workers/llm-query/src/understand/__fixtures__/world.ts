import type { HomeName } from '@innkeeper/shared/domain/plan';
import { HomeName as HomeNameSchema } from '@innkeeper/shared/domain/plan';

/** Twelve homes in two time zones. The Wednesday below is the same day in both; `nightAskedAt` is not. */
const lisbon = 'Europe/Lisbon';
const newYork = 'America/New_York';

const rows: ReadonlyArray<readonly [id: string, nickname: string, title: string, address: string, city: string, zone: string]> = [
  ['l-garden', 'Garden Studio', 'Sunny Garden Studio near Graça', 'Rua da Graça 14, 1170-165 Lisboa', 'Lisbon', lisbon],
  ['l-blue', 'Blue Flat', 'Blue Flat with River View', 'Rua das Janelas Verdes 8, 1200-690 Lisboa', 'Lisbon', lisbon],
  ['l-alfama', 'Alfama Loft', 'Romantic Loft in Alfama', 'Beco do Espírito Santo 3, 1100-224 Lisboa', 'Lisbon', lisbon],
  ['l-chiado', 'Chiado Rooftop', 'Chiado Rooftop with Terrace', 'Rua Garrett 47, 1200-203 Lisboa', 'Lisbon', lisbon],
  ['l-bento', 'São Bento Terrace', 'Terrace Apartment São Bento', 'Rua de São Bento 120, 1200-820 Lisboa', 'Lisbon', lisbon],
  ['l-harbour1', 'Harbour View 1', 'Harbour View, ground floor', 'Avenida Marginal 5, 2750-427 Cascais', 'Cascais', lisbon],
  ['l-harbour2', 'Harbour View 2', 'Harbour View, first floor', 'Avenida Marginal 5, 2750-427 Cascais', 'Cascais', lisbon],
  ['l-verde', 'Casa Verde', 'Casa Verde in the Hills', 'Rua do Castelo 2, 2710-590 Sintra', 'Sintra', lisbon],
  ['l-brook', 'Brooklyn Brownstone', 'Brownstone on a quiet street', '212 Bergen Street, Brooklyn', 'New York', newYork],
  ['l-nest', 'East Village Nest', 'Nest in the East Village', '88 East 7th Street, New York', 'New York', newYork],
  ['l-hudson', 'Hudson Hideaway', 'Hideaway by the Hudson', '17 River Road, Beacon', 'Beacon', newYork],
  ['l-maple', 'Maple Cottage', 'Maple Cottage with Fireplace', '9 Maple Lane, Beacon', 'Beacon', newYork],
];

export const homes: readonly HomeName[] = rows.map(([listingId, nickname, title, address, city, timezone]) =>
  HomeNameSchema.parse({ listingId, nickname, title, address, city, timezone }),
);

/** Wednesday 18 November 2026, 09:30 in Lisbon and 04:30 in New York. */
export const askedAt = '2026-11-18T09:30:00Z';
/** Already Thursday in Lisbon (02:30), still Wednesday in New York (21:30). */
export const nightAskedAt = '2026-11-19T02:30:00Z';

export const words: readonly string[] = ['!query', '@innkeeper'];
