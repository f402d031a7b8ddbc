"""What happens by itself, and when: “every 2 seconds”, or a cron expression in the time zone of the site."""

TIMETABLE: dict[str, str] = {
    "sisheng.cases.ringing.sweep": "every 2 seconds",
    "sisheng.ground.jobs.actions.forget_done": "10 4 * * *",
}
