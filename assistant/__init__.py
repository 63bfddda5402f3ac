"""Questions understood, evidence weighed, answers composed and verified."""
