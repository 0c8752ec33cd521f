/** Whether this target can carry the pictures of two people at once, which a guest has to see. */
export const carriesGuests = true;
