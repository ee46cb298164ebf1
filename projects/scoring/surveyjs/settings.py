"""Settings of a survey's elements: those that are read, and those that only adorn."""

from collections.abc import Iterator, Mapping

_READ = """
    type name title description help visibleIf isRequired elements questions
    choices hasOther showOtherItem otherText hasNone showNoneItem noneText
    inputType min max rateValues rateMin rateMax rateStep rateCount
    minRateDescription maxRateDescription labelTrue labelFalse valueTrue valueFalse
    """
_ADORNING = """
    width minWidth maxWidth indent rightIndent titleLocation descriptionLocation
    colCount startWithNewLine hideNumber showNumber choicesOrder placeholder
    placeHolder optionsCaption rows cols maxLength autoGrow autocomplete allowResize
    hasComment showCommentArea commentText commentPlaceholder otherPlaceholder
    otherPlaceHolder otherErrorText requiredErrorText errorLocation size page
    hasSelectAll showSelectAllItem selectAllText showClearButton allowClear
    renderAs displayMode rateType rateColorMode scaleColorMode rateDisplayMode
    autoGenerate displayRateDescriptionsAsExtremeItems itemSize separateSpecialChoices
    useDisplayValuesInDynamicTexts dataList isExpanded state innerIndent cssClasses
    showNumber questionTitleLocation swapOrder navigationTitle navigationDescription
    navigationButtonsVisibility showNavigationButtons questionsOrder elementsOrder
    """


_HARMLESS = frozenset((_READ + _ADORNING).split())
_PLAIN_INPUTS = ("text", "number", "range", "date", "email", "tel", "url", "color")
_ACTING = ("triggers", "calculatedValues")
_OF_CHOICES = ("visibleIf", "enableIf")


def strange_settings(raw: Mapping[str, object]) -> Iterator[str]:
    """Yield the settings of an element that mean something and are not read."""
    for key, value in raw.items():
        is_said = value not in ("", None, [], {})
        if (
            is_said
            and key not in _HARMLESS
            and not (key == "visible" and value is True)
        ):
            yield key
    if raw.get("inputType", "text") not in _PLAIN_INPUTS:
        yield "inputType"
    choices = raw.get("choices")
    for key in _OF_CHOICES:
        listed = choices if isinstance(choices, list) else []
        if any(isinstance(choice, dict) and choice.get(key) for choice in listed):
            yield f"choices.{key}"


def acting_settings(survey: Mapping[str, object]) -> Iterator[str]:
    """Yield the settings of a whole survey that change what is asked."""
    for key in _ACTING:
        if survey.get(key):
            yield key
