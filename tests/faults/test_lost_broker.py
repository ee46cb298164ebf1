"""A broker that is down, and comes back empty, costs nobody anything."""

from tests.journeys.stack import until

SUBMISSIONS = 20
DRAFTS = """
import json
from accounts.models import Unit, User
from projects.instruments import Entry
from projects.models import QuestionnaireVersion
from projects.services import answers, assessments, projects
by = User.objects.filter(is_superuser=True).first()
unit = Unit.objects.filter(parent=None, is_demo=False).first()
version = QuestionnaireVersion.objects.get(
    state="published", questionnaire__code="screening")
question = version.document["sections"][0]["questions"][0]
said = Entry(state="answered", value=question["choices"][-1]["code"])
made = []
for number in range(%d):
    project = projects.create(unit=unit, by=by, owner=by, text={}, facts={
        "name": f"Submitted in silence {number}", "sector": "other"})
    draft = assessments.start(project=project, version=version, by=by)
    answers.save_answer(assessment=draft, question=question["code"], entry=said, by=by)
    made.append(str(draft.pk))
print(json.dumps(made))
"""
SCORED = """
select count(*) from projects_assessment assessment
join projects_scoringrun run on run.assessment_id = assessment.id
where assessment.state = 'submitted' and assessment.id = any(%s::uuid[])
"""
UNSENT = """
select count(*) from shared_outboxevent where sent_at is null
and topic = 'assessment.submitted' and target_id = any(%s::uuid[])
"""
SENT = UNSENT.replace("is null", "is not null")
REFRESHED = """
select count(*) from shared_job where kind = 'portfolio.refresh' and state = 'done'
and created_at > %s
"""


def test_submissions_without_a_broker_are_kept_and_told_when_it_returns(stack):
    stack.settle()
    drafts = stack.ask_django(DRAFTS % SUBMISSIONS)
    stack.settle()
    writer = stack.client()
    before = stack.value("select now()")
    with stack.without_broker():
        answers = [writer.post(f"assessments/{draft}/submit/") for draft in drafts]
        assert {answer.status_code for answer in answers} == {200}
        assert {answer.json()["state"] for answer in answers} == {"submitted"}
        assert max(answer.elapsed.total_seconds() for answer in answers) < 5
        assert stack.value(SCORED, drafts) == SUBMISSIONS
        assert stack.value(UNSENT, drafts) == SUBMISSIONS
        assert stack.value(REFRESHED, before) == 0
    # It returned empty: only the sweep of the schedule knows what is due.
    until(
        lambda: stack.value(SENT, drafts) == SUBMISSIONS,
        "the events are never told",
    )
    until(lambda: stack.value(REFRESHED, before), "the statistics are never refreshed")
    stack.settle()
    assert stack.value(SCORED, drafts) == SUBMISSIONS


def test_answers_given_without_a_broker_are_kept(stack):
    [draft] = stack.ask_django(DRAFTS % 1)
    writer = stack.client()
    read = writer.get(f"assessments/{draft}/")
    with stack.without_broker():
        answer = writer.put(
            f"assessments/{draft}/answers/team_experience/",
            json={"state": "unknown"},
            headers={"If-Match": read.headers["ETag"]},
        )
        assert answer.status_code == 200, answer.text
        assert writer.get(f"assessments/{draft}/").json()["answered_count"] == 2
    stack.settle()
