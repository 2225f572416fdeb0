"""Why a row may lie outside what the fitted model predicts: reasons that lie in how the model is built, row by row."""

from collections.abc import Mapping

REASONS = {
    "R20": "prepaid balances follow from a price and from months paid ahead, both inputs of the city profile; failing"
    " institutions held more than the usual",
    "A20-any": "the figure is from 2017; number and places of institutions and of hidden tutors are inputs of the city"
    " profile that no parameter moves",
    "A20b-academic": "the figure is from 2017 and from memory; the survey of 2019 (A21), which is fitted too, found less",
    "A28-interest": "places in interest classes are inputs of the city profile; the survey counted more kinds of classes",
    "A34-before": "coverage before the policy is an assumption of the city's history (three schools in ten), which caps"
    " participation",
    "A42": "the model's hours include paperwork and study; the survey asked for pure work",
    "A22": "prices before the policy are inputs of the city profile",
    "R22-cases": "the model finds hidden providers at a rate that 2022's findings and complaints allow; neither the growth of"
    " hidden supply nor the targeting that 54 cases need is in the fitted rows",
    "D2": "the jump in cases per trip needs more hidden supply or far better targeting in 2023 than the history of levers has",
    "S2": "the threshold at which strain is named is an assumption, and no fitted row speaks of it",
    "S3": "what counts as blocked is an assumption, and no fitted row speaks of it",
    "S2-S3": "an order of two shares, each with a threshold that is an assumption",
    "A37": "the model's satisfaction is a mean over school and policy, not a share satisfied with one service",
    "A40-standard": "sleep without load is an assumption near the standard, so that any load puts a pupil below it; the model"
    " has no spread of sleep between pupils of equal load",
    "R24": "a direction; the model counts losses, the report settlements",
}
UNKNOWN = "no reason was known beforehand; the model or the figure may be wrong"


def reason_for(row: Mapping[str, object]) -> str:
    """Return why a row may lie outside."""
    return REASONS.get(str(row["id"]), UNKNOWN) + "."
