"""Every recurring job, in one table. Times are UTC; a sixth field of ``cron`` counts seconds."""

from paraph.batches.jobs import mend_standing, sweep_results
from paraph.board.jobs import follow_rules
from paraph.campaigns.jobs import mend_campaigns
from paraph.comments.jobs import forget_comments
from paraph.contacts.importing.jobs import sweep_imports
from paraph.digests.jobs import order_digests
from paraph.journal.log.jobs import keep_log
from paraph.kit.schedules import Recurring
from paraph.messaging.jobs import collect_bounces, sweep_messages
from paraph.signing.jobs.deadlines import expire_envelopes, remind_parties
from paraph.signing.jobs.lasting import (
    answer_for_certificates,
    look_around,
    renew_stamps,
)
from paraph.signing.jobs.sealing import keep_authority, mend_stuck
from paraph.signing.jobs.watching import watch_keys
from paraph.vault.jobs import mend_vault, run_retention, sweep_vault

SCHEDULE: tuple[Recurring, ...] = (
    Recurring("* * * * * */15", sweep_messages),
    Recurring("*/5 * * * *", collect_bounces),
    Recurring("* * * * * */30", follow_rules),
    Recurring("* * * * *", expire_envelopes),
    Recurring("*/5 * * * *", remind_parties),
    Recurring("*/10 * * * *", order_digests),
    Recurring("* * * * * */30", mend_stuck),
    Recurring("*/5 * * * *", keep_authority),
    Recurring("* * * * *", mend_standing),
    Recurring("* * * * * */30", mend_campaigns),
    Recurring("5,35 * * * *", look_around),
    Recurring("10 * * * *", answer_for_certificates),
    Recurring("50 2 * * *", renew_stamps),
    Recurring("30 7 * * *", watch_keys),
    Recurring("*/10 * * * *", mend_vault),
    Recurring("30 1 * * *", run_retention),
    Recurring("*/20 * * * *", sweep_vault),
    Recurring("20 3 * * *", sweep_results),
    Recurring("40 3 * * *", sweep_imports),
    Recurring("0 4 * * *", forget_comments),
    Recurring("* * * * * */10", keep_log),
)
