"""Boats, squads, rooms and devices: what they can, where they are, what they are told.

is          capabilities, compartments, loads, licences, shifts, crews, positions, commands, slots
hears       nothing; two due times: a command unanswered, a unit unheard
is asked    to register, license, put on shift, load; to report positions; to command, acknowledge;
            to book; to issue a device its key; which units near a place are able, what others lack
says        UnitRegistered, UnitStateChanged, ShiftChanged, UnitLicensed, LicenceWithdrawn,
            LoadChanged, CommandSent, CommandAcknowledged, CommandExpired, UnitSilent, SlotBooked, …
always true the latest position only moves forward; the track keeps each position once; what was
            seen or weighed is kept however odd, and its oddness said
"""

# fmt: off
# ruff: noqa: I001 - names side by side, so that the front door fits one screen
from zhouqiao.platform.unit.declare import (
    SPEEDS_KMH, CommandState, Compartment, Lack, Load, Need, Shift, Slot, UnitKind,
    UnitState,
)
from zhouqiao.platform.unit.errors import (
    LicenceNotHeld, NameTaken, NotBooked, ShiftsOverlap, SlotFull, UnitUnknown,
)
from zhouqiao.platform.unit.model import (
    Candidate, Command, CommandId, Licence, Reported, Sighting, SlotId, Unit, UnitId,
    Whereabouts,
)
from zhouqiao.platform.unit.react import ALARMS
from zhouqiao.platform.unit.service import (
    able_units, board, change_shift, disengage, engage, leave, license_unit, load_of,
    register_unit, set_state, stow, unit_of, units_near, unstow, withdraw_licence,
)
from zhouqiao.platform.unit.key.service import KeyHolder, issue_key, key_holders, revoke_key
from zhouqiao.platform.unit.order.service import acknowledge, command, open_commands
from zhouqiao.platform.unit.booking.service import book, open_slots, release, slots_of
from zhouqiao.platform.unit.track.service import (
    everywhere, find_silent, last_seen, report_position, report_positions, track_of,
)

__all__ = [
    "ALARMS", "SPEEDS_KMH", "Candidate", "Command", "CommandId", "CommandState", "Compartment",
    "KeyHolder", "Lack", "Licence", "LicenceNotHeld", "Load", "NameTaken", "Need", "NotBooked",
    "Reported", "Shift", "ShiftsOverlap", "Sighting", "Slot", "SlotFull", "SlotId", "Unit",
    "UnitId", "UnitKind", "UnitState", "UnitUnknown", "Whereabouts", "able_units", "acknowledge",
    "board", "book", "change_shift", "command", "disengage", "engage", "everywhere",
    "find_silent", "issue_key", "key_holders", "last_seen", "leave", "license_unit", "load_of",
    "open_commands", "open_slots", "register_unit", "release", "report_position",
    "report_positions", "revoke_key", "set_state", "slots_of", "stow", "track_of", "unit_of",
    "units_near", "unstow", "withdraw_licence",
]
# fmt: on
