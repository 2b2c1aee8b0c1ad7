using TuneLab.Storage;

namespace TuneLab.Experiments;

/// <summary>Everything about a run that a file or a page can show. Immutable.</summary>
/// <param name="Start">Plan, data, rows.</param>
/// <param name="Result">The answer.</param>
/// <param name="Trials">Every finished trial, by number.</param>
/// <param name="Environment">Versions, machine, git commit: name and value in the order to show.</param>
public sealed record RunRecord(ExperimentStart Start, ExperimentResult Result, IReadOnlyList<FinishedTrial> Trials, IReadOnlyList<KeyValuePair<string, string>> Environment)
{
    /// <summary>What it says beyond the answer.</summary>
    public ExperimentAnalysis Analysis { get; init; } = ExperimentAnalysis.None("it was not made");
}

/// <summary>
/// Renders a run into one file of the output folder.
/// <para><b>Contract.</b> Called once by the runner after the answer is stored, while others write too. A pure function of the record; writes UTF-8 to the stream, which the runner opens beside the target and renames when
/// done, so that there is never half a file. An exception is reported as a note; the other files are written all the same.</para>
/// </summary>
public interface IResultWriter
{
    /// <summary>The key in <see cref="ExperimentResult.Files"/>: <c>trials</c>, <c>report</c>.</summary>
    string Kind { get; }

    /// <summary>The file's name in the output folder.</summary>
    string FileName { get; }

    /// <summary>Writes it.</summary>
    void Write(RunRecord record, Stream stream);
}
