"""Review by those who are signed in: who they are, what lets them in, and how their decisions are saved."""
