"""Files of known make are read without a word about their columns."""

import io
import json
from pathlib import Path

import pytest

from failures.exchange.sources import READY, crosswalk_of, recognized
from failures.models import Postmortem
from failures.selectors.exchange import row_of
from tests.factories.failures import CauseFactory
from tests.failures.services.sending import do, send, told

pytestmark = pytest.mark.django_db
AIID = """_id,incident_id,date,Alleged deployer of AI system,Alleged developer of AI system,\
Alleged harmed or nearly harmed parties,description,title,Known AI Technical Failure
x,23,2017-11-08,"[""navya"",""keolis""]","[""navya""]","[""passengers""]",\
It met a truck.,Shuttle collided,"Data or Labelling Noise, Distributional Bias"
y,oops,2018-01-01,[],[],[],No number.,Nameless,
z,24,soon,[],[],[],No day.,Without a day,
"""
AVID = {
    "data_type": "AVID",
    "metadata": {"report_id": "AVID-2022-R0001"},
    "affects": {
        "developer": ["Example Labs"],
        "deployer": ["Example Shop"],
        "artifacts": [{"type": "Model", "name": "example-lm"}],
    },
    "problemtype": {
        "classof": "LLM Evaluation",
        "description": {"lang": "eng", "value": "Gender bias in a language model"},
    },
    "description": {"lang": "eng", "value": "Filled gaps with one gender only."},
    "references": [{"label": "Paper", "url": "https://example.org/paper"}],
    "impact": {
        "avid": {
            "risk_domain": ["Ethics"],
            "sep_view": ["E0101: Group fairness"],
            "lifecycle_view": ["L05: Evaluation"],
        }
    },
    "reported_date": "2022-12-24",
}


def test_incidents_of_the_database_with_their_classes_as_causes(retail, alice):
    CauseFactory(slug="leakage", mappings={"aiid_gmf": ["Data or Labelling Noise"]})
    run = send(io.BytesIO(AIID.encode()), retail, alice)
    assert run.source == "aiid"
    run = do(run, alice)
    assert told(run) == [(3, "required"), (4, "not_date")]
    row = row_of(Postmortem.objects.get())
    assert row["external_id"] == "aiid:23"
    assert (row["developer"], row["deployer"]) == ("navya", "navya, keolis")
    assert row["causes"] == [
        {"cause": "leakage", "role": "contributing", "confidence": "known"}
    ]
    assert row["sources"][0]["url"] == "https://incidentdatabase.ai/cite/23"
    assert do(run, alice).unchanged_count == 1


@pytest.mark.parametrize("many", [False, True])
def test_reports_of_avid(retail, alice, many):
    content = "\n".join(json.dumps(AVID) for _ in range(1 + many))
    run = do(send(io.BytesIO(content.encode()), retail, alice), alice)
    assert run.source == "avid"
    assert told(run) == ([(3, "doubled")] if many else [])
    row = row_of(Postmortem.objects.get())
    assert row["external_id"] == "avid:AVID-2022-R0001"
    assert row["title"] == "Gender bias in a language model"
    assert row["stage_introduced"] == "evaluation"
    assert row["system"] == "example-lm"
    assert {source["title"] for source in row["sources"]} == {
        "Paper",
        "AVID-2022-R0001",
    }


def test_our_own_columns_are_no_ready_source():
    assert recognized(["external_id", "title", "summary"]) is None
    assert recognized([*READY["aiid"].marks, "more"]).code == "aiid"


def test_a_class_may_mean_several_causes():
    found = crosswalk_of([("a", ["Noise"]), ("b", ["noise", "Drift"]), ("c", [])])
    assert found == {"noise": ["a", "b"], "drift": ["b"]}


def test_the_whole_published_file(retail, alice):
    path = Path(__file__).parents[4] / "shared/domain/data/aiid/incidents.csv"
    if not path.exists():
        pytest.skip(f"the database's file is not there: {path}")
    run = do(send(io.BytesIO(path.read_bytes()), retail, alice), alice)
    assert run.created_count + run.faulty == run.rows
    assert run.created_count > 900
    again = do(send(io.BytesIO(path.read_bytes()), retail, alice), alice)
    assert (again.created_count, again.updated_count) == (0, 0)
    assert again.unchanged_count == run.created_count


def test_report_that_is_built_otherwise_is_a_row_at_fault(retail, alice):
    odd = [
        {**AVID, "affects": {"artifacts": 5}, "metadata": {"report_id": "odd"}},
        {**AVID, "impact": [1], "description": 7, "metadata": {"report_id": "odder"}},
        AVID,
    ]
    run = do(send(io.BytesIO(json.dumps(odd).encode()), retail, alice), alice)
    assert run.stage == "imported"
    assert Postmortem.objects.filter(external_id="avid:AVID-2022-R0001").exists()
