/** Completed years of life on a day; both dates as `YYYY-MM-DD`. A 29 February is reached on 1 March. */
export function ageOn(birthDate: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4));
  const birthdayReached = day.slice(5) >= birthDate.slice(5);
  return birthdayReached ? years : years - 1;
}
