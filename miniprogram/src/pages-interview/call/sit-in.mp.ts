/** The mini-program's engine plays one person only: a guest would hear half of the interview. */
export const carriesGuests = false;
