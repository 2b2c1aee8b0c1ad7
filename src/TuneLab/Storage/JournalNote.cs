namespace TuneLab.Storage;

/// <summary>What somebody wrote into the journal.</summary>
/// <param name="Experiment">The id of the experiment that it is about; null: none.</param>
/// <param name="Text">Not empty.</param>
/// <param name="When">When it was written.</param>
public sealed record JournalNote(long? Experiment, string Text, DateTimeOffset When);
