namespace TuneLab.Scheduling.Presence;

/// <summary>One thing read off the machine, or why it can't be.</summary>
/// <typeparam name="T">What is read.</typeparam>
public sealed record Reading<T>
    where T : struct
{
    private Reading(T? value, string note, bool offered) => (Value, Note, IsOffered) = (value, note, offered);

    /// <summary>What was read; null: it is not known.</summary>
    public T? Value { get; }

    /// <summary>Where it comes from, or why it is not known, as a clause; not empty.</summary>
    public string Note { get; }

    /// <summary>Whether the system has such a thing at all; false: there is nothing to know.</summary>
    public bool IsOffered { get; }

    /// <summary>Read.</summary>
    public static Reading<T> Of(T value, string from) => new(value, from, offered: true);

    /// <summary>Not known.</summary>
    public static Reading<T> Unknown(string why) => new(null, why, offered: true);

    /// <summary>The system has none.</summary>
    public static Reading<T> NotOffered(string why) => new(null, why, offered: false);
}
