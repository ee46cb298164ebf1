"""One Python inside an installation that goes on answering.

A process for every question would spend its time importing: two to four seconds each.
"""

import contextlib
import json
import subprocess

from riskbase.supervisor.commands import manage

LOOP = """
import contextlib, io, json, sys, traceback
from django.db import connection
asked, answers = sys.stdin, sys.stdout
for line in asked:
    said = io.StringIO()
    try:
        with contextlib.redirect_stdout(said):
            exec(compile(json.loads(line), "script.py", "exec"), {})
        answer = {"said": said.getvalue()}
    except BaseException:
        answer = {"failed": traceback.format_exc()}
    connection.close()
    connection.close_pool()
    print(json.dumps(answer), file=answers, flush=True)
"""
COMMAND = """
from django.core.management import call_command
call_command(*{arguments!r})
"""


class Inside:
    """The process; started by the first question, ended with whoever asks."""

    def __init__(self, environment, log):
        self.environment = environment
        self.log = log
        self.process = None

    def start(self):
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                manage("shell", "--no-imports", "--command", LOOP),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                env=self.environment,
                process_group=0,
                text=True,
            )

    def stop(self):
        if self.process is not None:
            with contextlib.suppress(BrokenPipeError):
                self.process.stdin.close()
            self.process.wait()
            self.process.stdout.close()

    def run(self, code):
        """Run Python; return what it printed."""
        if self.process is None:
            self.start()
        self.process.stdin.write(json.dumps(code) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        assert line, self.log.read_text()[-4000:]
        answer = json.loads(line)
        assert "failed" not in answer, answer["failed"]
        return answer["said"]

    def command(self, *arguments):
        """Run a management command; return what it printed."""
        return self.run(COMMAND.format(arguments=arguments))
