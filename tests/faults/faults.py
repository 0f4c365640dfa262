"""All faults, in order."""
from cases import around, mails, process, replica, server, standby, store  # noqa: F401: each adds its own
from fault import ALL

ALL.sort(key=lambda fault: fault.name)
