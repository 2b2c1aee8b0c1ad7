namespace TuneLab.Experiments.Output;

/// <summary>The values that the report's figures are drawn from.</summary>
public sealed class AnalysisJsonWriter : IResultWriter
{
    /// <inheritdoc/>
    public string Kind => "analysis";

    /// <inheritdoc/>
    public string FileName => "analysis.json";

    /// <inheritdoc/>
    public void Write(RunRecord record, Stream stream) => stream.Write(AnalysisJson.Write(record.Analysis));
}
