import type { SideLink } from './sidecalls';

/** What of a call's screen tells who is met where. */
interface Seated {
  side: 'student' | 'recruiter' | 'guest';
  room: string;
  links: SideLink[];
}

/** The room in which this person meets the student, or the student the interviewer; '' while a guest has not come in. */
export const ownRoom = ({ side, room, links }: Seated): string => (side === 'guest' ? (links.find(({ seat }) => seat === 'student')?.room ?? '') : room);

/** The rooms beside it, one for each further person. */
export const sideLinks = (screen: Seated): SideLink[] => screen.links.filter(({ room }) => room !== ownRoom(screen));
