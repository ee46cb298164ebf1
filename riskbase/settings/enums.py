"""Names of the choices in the schema of the API, where several fields are called alike."""

ENUM_NAMES = {
    "ActionKindEnum": "failures.choices.ActionKind",
    "ActionStateEnum": "failures.choices.ActionState",
    "AnswerStateEnum": "projects.choices.AnswerState",
    "AssessmentStateEnum": "projects.choices.AssessmentState",
    "CauseRoleEnum": "failures.choices.CauseRole",
    "JobStateEnum": "riskbase.shared.jobs.models.JobState",
    "MitigationStateEnum": "projects.choices.MitigationState",
    "OverrideDecisionEnum": "projects.choices.OVERRIDE_DECISIONS",
    "OverrideStateEnum": "projects.choices.OverrideState",
    "PostmortemStateEnum": "failures.choices.PostmortemState",
    "PrecisionEnum": "failures.choices.Precision",
    "ProjectStageEnum": "projects.choices.PROJECT_STAGES",
    "ProjectStateEnum": "projects.choices.ProjectState",
    "ProposalKindEnum": "failures.choices.ProposalKind",
    "ProposalStateEnum": "failures.choices.ProposalState",
    "QuestionnaireStateEnum": "projects.choices.QuestionnaireState",
    "ReviewVerdictEnum": "projects.choices.ReviewVerdict",
    "RiskLevelEnum": "failures.choices.Severity",
    "StageEnum": "failures.choices.Stage",
    "ThreadStateEnum": "projects.choices.ThreadState",
}
