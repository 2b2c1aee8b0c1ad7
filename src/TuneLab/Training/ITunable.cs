namespace TuneLab.Training;

/// <summary>What has hyperparameters to be tuned: a trainer of an engine, or a program of the user's.</summary>
public interface ITunable
{
    /// <summary>What it can do.</summary>
    TrainerInfo Info { get; }
}
