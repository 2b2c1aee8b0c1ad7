namespace TuneLab.Learners.Boosting.Objectives;

/// <summary>The objectives there are. The numbers stand in saved models.</summary>
internal enum ObjectiveKind : byte
{
    Logistic = 0,
    Softmax = 1,
    Squared = 2,
    Absolute = 3,
    Huber = 4,
    Quantile = 5,
    Poisson = 6,
}
