using TuneLab.Errors;
using TuneLab.Experiments.Files;

namespace TuneLab.Experiments.Backlog;

/// <summary>Expected answers as people write them on one line: in words, or in braces as an experiment file has them.</summary>
public static class ExpectText
{
    // all that a file needs, so that what is found wrong is wrong with the expectation
    private const string Least = "data: { file: table.csv, label: label }";

    /// <summary>Whether the text is meant as an experiment file has it: <c>{ beats: default, by: 0.01 }</c>.</summary>
    public static bool IsInBraces(string text) => text.StartsWith('{');

    /// <summary>Reads a text in braces.</summary>
    /// <param name="text">On one line.</param>
    /// <param name="option">Where it comes from, for the faults: <c>--expect</c>.</param>
    /// <exception cref="InputException">It is no expectation: all its faults.</exception>
    public static Expectation Read(string text, string option)
    {
        try
        {
            return PlanReader.Read(Least, "backlog.yaml", [new("expect", text)]).Expect;
        }
        catch (InputException e)
        {
            throw new InputException($"{option} has faults:", [.. e.Faults.Select(f => f.Replace("--set expect=" + text, option, StringComparison.Ordinal))], e.Hint ?? "For example: { beats: default, by: 0.01 }.");
        }
    }
}
