namespace TuneLab.MLNet.Engine.Features;

/// <summary>In which form a trainer of ML.NET gets the features. Categories are one-hot in all of them; a missing category has no slot set.</summary>
internal enum FeatureForm
{
    /// <summary>Numbers as they are, missing ones as NaN: for trainers that have a way of their own with them.</summary>
    Raw,

    /// <summary>Missing numbers are the mean, with a slot that is 1 where one was missing: ML.NET's own trees leave out rows with a NaN.</summary>
    Filled,

    /// <summary>As <see cref="Filled"/>, and the numbers have mean 0 and deviation 1: for everything that adds up weights.</summary>
    Scaled,
}
