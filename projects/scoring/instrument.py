"""A questionnaire version as frozen values: what scoring needs, and no texts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction

from projects.scoring.expression import Expression
from projects.scoring.scales import AdditiveRules
from projects.scoring.sentences import sentence

IMPACT = "impact"
"""The slug that stands for the stakes wherever a cause may stand."""

LANGUAGES = ("en", "ru", "zh-hans")
"""Those a questionnaire speaks that names none."""
SCALE = range(1, 6)
UNKNOWN_SIGNAL = Fraction(60, 100)
COMPLETENESS_THRESHOLD = Fraction(80, 100)


class Method(StrEnum):
    """How a questionnaire is scored."""

    WEIGHTED = "weighted"
    ADDITIVE = "additive"


class QuestionKind(StrEnum):
    """How a question is answered."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    SCALE = "scale"
    NUMBER = "number"
    DATE = "date"
    TEXT = "text"


class Dimension(StrEnum):
    """Which side of the risk matrix a question feeds."""

    LIKELIHOOD = "likelihood"
    IMPACT = "impact"


class Combine(StrEnum):
    """How the signals of several ticked choices become one."""

    MAX = "max"
    SUM = "sum"


class GateEffect(StrEnum):
    """What a gate demands when its condition holds."""

    BLOCK = "block"
    REQUIRE_REVIEW = "require_review"
    REQUIRE_PRACTICE = "require_practice"


@dataclass(frozen=True, slots=True)
class Floor:
    """The least score of a cause once a fatal answer is given."""

    cause: str
    score: int


@dataclass(frozen=True, slots=True)
class Choice:
    """One offered answer; signal 0 protects, 1 is the strongest warning.

    In an additive questionnaire it has points instead. A retired choice stays readable in old answers and is not offered to new ones.
    """

    code: str
    signal: Fraction
    floor: Floor | None = None
    retired: bool = False
    points: int = 0


@dataclass(frozen=True, slots=True)
class Question:
    """One question; an impact question has the single weight `(IMPACT, n)`.

    In an additive questionnaire a scored question has a scale and no weights.
    """

    code: str
    kind: QuestionKind
    dimension: Dimension = Dimension.LIKELIHOOD
    weights: tuple[tuple[str, int], ...] = ()
    choices: tuple[Choice, ...] = ()
    combine: Combine = Combine.MAX
    signals: tuple[Fraction, ...] = ()
    minimum: Fraction | None = None
    maximum: Fraction | None = None
    breakpoints: tuple[tuple[Fraction, Fraction], ...] = ()
    visible_when: Expression | None = None
    allow_unknown: bool = True
    unknown_signal: Fraction = UNKNOWN_SIGNAL
    allow_not_applicable: bool = False
    scale: str = ""

    @property
    def most_points(self) -> int:
        """The points of the dearest answer; 0 for a question without a scale."""
        points = [choice.points for choice in self.choices]
        if not self.scale or not points:
            return 0
        return sum(points) if self.kind is QuestionKind.MULTIPLE else max(points)

    @property
    def weight(self) -> int:
        """The whole weight over all causes; 0 for a question never scored."""
        return sum(weight for _, weight in self.weights)

    @property
    def offered(self) -> tuple[Choice, ...]:
        """The choices a new answer may take."""
        return tuple(choice for choice in self.choices if not choice.retired)

    @property
    def floors(self) -> tuple[Floor, ...]:
        """Every floor that an answer to this question can give."""
        return tuple(choice.floor for choice in self.choices if choice.floor)


@dataclass(frozen=True, slots=True)
class Section:
    """Questions asked together."""

    code: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Gate:
    """A demand that holds whatever the score."""

    code: str
    when: Expression
    effect: GateEffect
    practice: str | None = None


@dataclass(frozen=True, slots=True)
class Instrument:
    """A questionnaire version; its conditions are parsed once, here."""

    code: str
    version: str
    sections: tuple[Section, ...]
    gates: tuple[Gate, ...] = ()
    completeness_threshold: Fraction = COMPLETENESS_THRESHOLD
    rules: AdditiveRules | None = None
    """How points become a tier; None where signals are weighted instead."""

    @property
    def questions(self) -> tuple[Question, ...]:
        """All questions in the order they are asked."""
        return tuple(q for section in self.sections for q in section.questions)

    def placed(self) -> Iterator[tuple[str, Question]]:
        """Yield every question with its place in the document."""
        for number, section in enumerate(self.sections):
            for index, question in enumerate(section.questions):
                yield f"sections[{number}].questions[{index}]", question


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of a questionnaire: what it is, where, and with which particulars.

    The place is a path such as `sections[0].questions[3].choices[1].signal`.
    """

    code: str
    place: str
    params: Mapping[str, object] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        said = sentence(self.code, self.params)
        return f"{self.place}: {said}" if self.place else said

    def within(self, place: str) -> "Problem":
        """Return the same problem, its place read from an outer one."""
        inner = f"{place}.{self.place}" if self.place else place
        return replace(self, place=inner)


class InstrumentError(ValueError):
    """A questionnaire that cannot be scored, with every problem found."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(problems)
        self.problems = problems

    def __str__(self) -> str:
        return "; ".join(map(str, self.problems))
