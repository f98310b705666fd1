"""What an indicator answers: every move of a case, a batch at a time."""

from zhouqiao.flow.case.facts import CaseOpened, CaseReopened, StepTaken
from zhouqiao.flow.indicator.service import take_in
from zhouqiao.store import Reaction

REACTIONS = (Reaction("indicator.take_in", (CaseOpened, StepTaken, CaseReopened), take_in),)
