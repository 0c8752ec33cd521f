"""The recruiters' desk at a PC, and the door through which both built clients are served."""
