"""The calendar of deadlines: a month or a week; on a phone an agenda."""
