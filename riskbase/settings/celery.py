"""Celery: queues, limits and the beat schedule with one reason per entry."""

from celery.schedules import crontab

from riskbase.settings.brokers import celery_broker_url
from riskbase.settings.env import env, secret

REDIS_URL = secret("REDIS_URL", "redis://127.0.0.1:6379/0")

# Time limit < visibility timeout: a longer task would be delivered twice
# (measured: 12 tasks ran 56 times).
TASK_LIMIT_SECONDS = 540
VISIBILITY_TIMEOUT_SECONDS = 600
# A worker that says nothing of its job for so long is taken for dead.
JOB_LEASE_SECONDS = env.int("JOB_LEASE_SECONDS", 60)
# Finished jobs and sent events are kept so long for whoever asks what happened.
FINISHED_WORK_DAYS = env.int("FINISHED_WORK_DAYS", 90)

CELERY_BROKER_URL = celery_broker_url(REDIS_URL)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_TIMEOUT = 1
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": VISIBILITY_TIMEOUT_SECONDS,
    "unacked_restore_interval": 5,
    "socket_connect_timeout": 1,
    "socket_keepalive": True,
    "global_keyprefix": "riskbase:",
}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = TASK_LIMIT_SECONDS
CELERY_TASK_SOFT_TIME_LIMIT = TASK_LIMIT_SECONDS - 20
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_SEND_TASK_EVENTS = False
CELERY_TIMEZONE = "UTC"

CELERY_BEAT_SCHEDULE = {
    # Work whose doorbell was lost (broker down, worker killed) is rung again.
    "ring-due-jobs": {
        "task": "riskbase.jobs.ring_due",
        "schedule": 5.0,
        "options": {"expires": 30},
    },
    # A full recomputation checks what the incremental runs published.
    "recompute-statistics": {
        "task": "portfolio.recompute_all",
        "schedule": crontab(hour="2", minute="30"),
    },
    # Due dates pass without anybody looking at the page.
    "remind-of-reassessments": {
        "task": "projects.remind",
        "schedule": crontab(hour="6", minute="10"),
    },
    "remind-of-follow-ups": {
        "task": "failures.remind",
        "schedule": crontab(hour="6", minute="20"),
    },
    # A file is needed while somebody corrects it, not for ever.
    "forget-import-files": {
        "task": "failures.forget_import_files",
        "schedule": crontab(hour="4", minute="5"),
    },
    # Answers kept for replaying a lost reply are needed for a day only.
    "forget-idempotency-keys": {
        "task": "riskbase.jobs.forget_idempotency_keys",
        "schedule": crontab(hour="3", minute="15"),
    },
    # Otherwise the job table and the outbox would grow with every click.
    "forget-finished-work": {
        "task": "riskbase.jobs.forget_finished_work",
        "schedule": crontab(hour="3", minute="45"),
    },
}
