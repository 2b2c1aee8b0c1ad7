namespace TuneLab.Data.Samples;

/// <summary>One row of a sample with what is true about it.</summary>
/// <param name="Fields">As they stand in the file, in the order of the header.</param>
/// <param name="Target">The class index or the number that was drawn.</param>
/// <param name="Truth">What the noise was drawn around: the probability of the positive class, of each class, or the expected number.</param>
internal sealed record SampleRow(string[] Fields, double Target, double[] Truth);
