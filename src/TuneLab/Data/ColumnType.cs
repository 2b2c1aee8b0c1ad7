namespace TuneLab.Data;

/// <summary>What the values of a column are.</summary>
public enum ColumnType
{
    /// <summary>Real numbers.</summary>
    Number,

    /// <summary>One of a limited set of names, without order.</summary>
    Category,

    /// <summary>Two values, one of them true.</summary>
    Boolean,

    /// <summary>A day, or a day and a time of day.</summary>
    Date,

    /// <summary>Free text: words matter, not the whole value.</summary>
    Text,
}
