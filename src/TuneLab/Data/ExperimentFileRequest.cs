namespace TuneLab.Data;

/// <summary>What <see cref="ExperimentFileWriter"/> is told beside the data.</summary>
public sealed record ExperimentFileRequest
{
    /// <summary>The CSV file, absolute.</summary>
    public required string DataFile { get; init; }

    /// <summary>The folder that the experiment file will lie in, absolute: paths in it are relative to that.</summary>
    public required string Folder { get; init; }

    /// <summary>The label column.</summary>
    public required string Label { get; init; }

    /// <summary>The id of the metric. <value>Null: the task's default.</value></summary>
    public string? Metric { get; init; }

    /// <summary>What is learned. <value>Null: from the metric, else from the label.</value></summary>
    public LearningTask? Task { get; init; }

    /// <summary>The experiment's name. <value>Null: the data file's name without extension.</value></summary>
    public string? Name { get; init; }

    /// <summary>How the data was read; what was given there is written down. <value>Nothing given.</value></summary>
    public CsvOptions Csv { get; init; } = new();

    /// <summary>What is asked. <value>Null: which model predicts the label best.</value></summary>
    public string? Question { get; init; }

    /// <summary>What one believes the answer to be; empty: it is left out. <value>Null: that tuning beats the best default.</value></summary>
    public string? Hypothesis { get; init; }

    /// <summary>The expected answer as the file has it, in braces. <value>Null: the best default is beaten.</value></summary>
    public string? Expect { get; init; }

    /// <summary>Comments before everything else, each with its <c>#</c>. <value>None.</value></summary>
    public IReadOnlyList<string> Preface { get; init; } = [];
}
