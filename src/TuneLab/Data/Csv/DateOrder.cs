namespace TuneLab.Data.Csv;

/// <summary>A way to write dates; a column keeps to one.</summary>
internal enum DateOrder
{
    /// <summary><c>2024-03-31</c> or <c>2024/3/31</c>.</summary>
    YearFirst,

    /// <summary><c>31.03.2024</c>: points put the day first.</summary>
    DayFirstPoints,

    /// <summary><c>31/03/2024</c> or <c>31-03-2024</c>.</summary>
    DayFirst,

    /// <summary><c>03/31/2024</c> or <c>03-31-2024</c>.</summary>
    MonthFirst,

    /// <summary><c>31 Mar 2024</c>, <c>31-Mar-2024</c>, <c>Mar 31, 2024</c>, English names.</summary>
    MonthName,
}
