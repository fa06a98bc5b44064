"""The timetable of a campaign for people who look rather than read: a calendar file and a chart."""
