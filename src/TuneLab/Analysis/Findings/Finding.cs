namespace TuneLab.Analysis.Findings;

/// <summary>How much a finding weighs.</summary>
public enum FindingSeverity
{
    /// <summary>Worth a look; the answer is not wrong because of it.</summary>
    Hint,

    /// <summary>Scores may promise more than new rows will keep. <c>--strict</c> does not train then.</summary>
    Warning,

    /// <summary>The experiment can't give an answer worth having: nothing is trained.</summary>
    Error,
}

/// <summary>Something about a table that its owner should know before the first trial.</summary>
/// <param name="Id">Which kind of finding, in kebab-case; stays the same over versions.</param>
/// <param name="Severity">How much it weighs.</param>
/// <param name="Columns">The columns that it is about, the worst first; empty when it is about rows or classes.</param>
/// <param name="Sentence">What was found, with the numbers.</param>
/// <param name="Advice">What to do, with the keys of the experiment file.</param>
public sealed record Finding(string Id, FindingSeverity Severity, IReadOnlyList<string> Columns, string Sentence, string Advice);
