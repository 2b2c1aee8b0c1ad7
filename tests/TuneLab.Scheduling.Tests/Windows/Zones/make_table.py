"""Makes windows.csv: how long windows are closed and open over two years, minute by minute with Python's zoneinfo.

    python3 make_table.py > windows.csv

A minute is open when the clock on the wall shows a time of the window. Nothing here knows of TuneLab or Quartz.
"""
from datetime import datetime, timedelta, timezone, date
from zoneinfo import ZoneInfo

ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC", "America/Santiago", "Africa/Cairo", "America/St_Johns"]
START, END = datetime(2027, 1, 1, tzinfo=timezone.utc), datetime(2029, 1, 3, tzinfo=timezone.utc)


def minute(t):
    return t.hour * 60 + t.minute


def night(t):
    return minute(t) >= 22 * 60 or minute(t) < 7 * 60


def lunch(t):
    return t.weekday() < 5 and 12 * 60 <= minute(t) < 13 * 60


def weekend(t):
    m = t.weekday() * 1440 + minute(t)
    return m >= 4 * 1440 + 18 * 60 or m < 7 * 60


def small_hours(t):  # 01:30-02:30: opens or closes in the hour that is left out or shown twice
    return 90 <= minute(t) < 150


def work_nights(t):  # mon-fri 23:00-02:15, by the evening's day
    day = (t - timedelta(minutes=135 if minute(t) < 135 else 0)).weekday() if minute(t) < 135 else t.weekday()
    return day < 5 and (minute(t) >= 23 * 60 or minute(t) < 135)


def with_days(t):  # 08:00-09:00; closed 2027-12-24..2028-01-02 and every 02-29; open on 03-28, 03-26, 10-31 and 04-30
    d = t.date()
    if date(2027, 12, 24) <= d <= date(2028, 1, 2) or (d.month, d.day) == (2, 29):
        return False
    if (d.month, d.day) in ((3, 28), (3, 26), (10, 31), (4, 30)):
        return True
    return minute(t) // 60 == 8


WINDOWS = [night, lunch, weekend, small_hours, work_nights, with_days]


def folded(lengths):
    """Minutes closed, open, closed, ... from START; 900 540*3 is 900 540 900 540 900 540."""
    pairs = [f"{a} {b}" for a, b in zip(lengths[0::2], lengths[1::2] + [""] * (len(lengths) % 2))]
    out, i = [], 0
    while i < len(pairs):
        n = 1
        while i + n < len(pairs) and pairs[i + n] == pairs[i]:
            n += 1
        out.append(f"{pairs[i].strip()}*{n}" if n > 1 else pairs[i].strip())
        i += n
    return ";".join(out)


print("zone,window,minutes")
for name in ZONES:
    zone = ZoneInfo(name)
    lengths = [[0] for _ in WINDOWS]
    at = START
    while at < END:
        wall = at.astimezone(zone)
        for runs, window in zip(lengths, WINDOWS):
            if window(wall) != (len(runs) % 2 == 0):
                runs.append(0)
            runs[-1] += 1
        at += timedelta(minutes=1)
    for runs, window in zip(lengths, WINDOWS):
        print(f"{name},{window.__name__},{folded(runs)}")
