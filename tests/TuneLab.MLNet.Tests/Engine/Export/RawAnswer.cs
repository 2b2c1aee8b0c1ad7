namespace TuneLab.MLNet.Tests.Engine.Export;

/// <summary>What a user of ML.NET would read of a prediction.</summary>
internal sealed class RawAnswer
{
    public float Probability { get; set; }

    public string? PredictedLabel { get; set; }
}
