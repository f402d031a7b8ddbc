"""What happens by itself, and when: “every 2 seconds”, or a cron expression in the time zone of the site."""

TIMETABLE: dict[str, str] = {
    "sisheng.cases.ringing.sweep": "every 2 seconds",
    "sisheng.cases.ringing.clear_alerts_of_ended_clocks": "every 10 seconds",
    "sisheng.kit.messages.sending.begin_round": "every 2 seconds",
    "sisheng.desk.contacts.passing.pass_up": "every 2 seconds",
    "sisheng.desk.contacts.actions.clear_stale_arrivals": "every 60 seconds",
    "sisheng.desk.followups.actions.surveys.send_due": "every 60 seconds",
    "sisheng.desk.followups.actions.planning.draw_for_every_mall": "10 9 * * *",
    "sisheng.desk.followups.actions.planning.plan_regular_calls": "10 9 * * *",
    "sisheng.desk.quality.actions.draw_for_every_mall": "20 9 * * *",
    "sisheng.ground.limits.actions.sweep": "every 10 minutes",
    "sisheng.kit.presence.actions.sweep": "every 30 seconds",
    "sisheng.ground.jobs.actions.forget_done": "10 4 * * *",
    "sisheng.ground.files.caring.recheck": "20 3 * * *",
    "sisheng.ground.files.caring.clear_unclaimed": "40 3 * * *",
    "sisheng.ground.once.actions.forget_old": "20 4 * * *",
}
