"""The browser chat: conversation on the left, the briefing behind an answer on the right."""
